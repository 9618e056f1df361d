"""The app's frame: the same for everybody, and a worker that knows exactly the files of the build."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from gongzhi.field.pages import built, shell

MANIFEST = {
    "src/field.js": {
        "file": "assets/field-1.js", "css": ["assets/field-1.css"], "imports": ["_common.js"],
        "dynamicImports": ["src/map.js"], "assets": ["assets/signs.woff2"],
    },
    "_common.js": {"file": "assets/common-1.js"},
    "src/map.js": {"file": "assets/map-1.js", "imports": ["_common.js"], "css": ["assets/map-1.css"]},
    "src/app.js": {"file": "assets/desk-1.js"},
    "src/field/worker.js": {"file": "assets/worker-1.js"},
    "icons.svg": {"file": "assets/icons-1.svg"},
}  # fmt: skip


@pytest.fixture
def build(tmp_path: Path, settings) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    for name in ("assets/worker-1.js", "logo.svg", "device.js"):
        (tmp_path / name).write_text("// worker" if name.endswith("1.js") else "")
    settings.VITE_MANIFEST = tmp_path / "manifest.json"
    built._read.cache_clear()
    yield tmp_path
    built._read.cache_clear()


def _said(client: Client) -> dict:
    found = re.match(r"self\.BUILD = (\{.*\});\n", client.get("/field/sw.js").content.decode())
    assert found
    return json.loads(found[1])


def test_the_worker_keeps_the_files_of_the_shell_and_fetches_the_others_later(build, client, db):
    said = _said(client)

    assert set(said["shell"]) == {
        "/field", "/static/assets/field-1.js", "/static/assets/field-1.css",
        "/static/assets/common-1.js", "/static/assets/icons-1.svg", "/static/logo.svg",
        "/static/device.js",
    }  # fmt: skip
    assert set(said["later"]) == {"/static/assets/map-1.js", "/static/assets/map-1.css"}


def test_another_build_or_another_word_of_the_page_is_another_version(build, client, db):
    before = _said(client)["version"]

    (build / "device.js").write_text("// changed")
    built._read.cache_clear()

    assert _said(client)["version"] != before


def test_the_worker_may_serve_the_whole_app_and_is_always_asked_for_anew(client, db):
    answer = client.get("/field/sw.js")

    assert answer["Service-Worker-Allowed"] == "/field"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")


def test_the_page_is_the_same_for_everybody_and_brings_the_token_as_a_cookie(client, db):
    answer = client.get("/field")

    assert answer.status_code == 200
    assert "csrftoken" in answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_the_token_page_says_whether_anybody_is_signed_in(client, db):
    assert client.get("/field/token").json() == {"signed_in": False}


def test_the_card_names_icons_that_are_there(client, db):
    card = client.get("/field/app.webmanifest").json()
    public = Path(shell.__file__).parents[3]

    names = [icon["src"].removeprefix("/static/") for icon in card["icons"]]

    assert all((public / "frontend" / "public" / name).exists() for name in names)
    assert card["start_url"] == card["scope"] == "/field"
    assert card["display"] == "standalone"
