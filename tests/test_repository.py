"""What is tracked: nothing that names a download host or one machine, and the papers of the project."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAPERS = (
    "LICENSE",
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "publiccode.yml",
)

# Spelled in pieces, so that this file is not the one it finds.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("files", "pythonhosted"), ("pypi", "org"), ("registry", "npmjs"), ("registry", "npmmirror"),
        ("deb", "debian"), ("tuna", "tsinghua"), ("mirrors", "aliyun"),
    )
)  # fmt: skip
DOWNLOAD = re.compile(r"https?://[^\"' )]+\.(?:whl|tgz|tar\.gz|deb)\b")
INDEX = re.compile("--(?:extra-)?index" + "-url ")
RESOLVED = re.compile(r"\"resolved\"\s*:")
MACHINE = re.compile(r"(?:^|[\s\"'=(])/(?:root|home/[a-z]+|Users/[A-Za-z]+|work)/", re.MULTILINE)


@cache
def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


@cache
def _texts() -> dict[str, str]:
    texts = {}
    for path in _tracked():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            texts[path.relative_to(ROOT).as_posix()] = content.decode(errors="replace")
    return texts


def test_no_file_names_a_download_host():
    found = [
        name
        for name, text in _texts().items()
        if any(host in text for host in HOSTS)
        or DOWNLOAD.search(text)
        or INDEX.search(text)
        or RESOLVED.search(text)
    ]
    assert found == []


def test_no_file_names_a_folder_of_one_machine():
    mine = str(ROOT) + "/"
    found = [name for name, text in _texts().items() if MACHINE.search(text) or mine in text]
    assert found == []


def test_nothing_built_or_fetched_is_tracked():
    built = {"node_modules", "dist", "__pycache__", ".venv", "var"}
    found = [str(path) for path in _tracked() if built & set(path.relative_to(ROOT).parts)]
    assert found == []


def test_every_locked_package_has_a_hash():
    for lock in ("app.txt", "dev.txt"):
        text = (ROOT / "requirements" / lock).read_text()
        packages = [line for line in text.splitlines() if re.match(r"^[a-z0-9]", line)]
        assert packages
        assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []


def test_the_papers_are_there_and_agree_on_the_licence():
    missing = [name for name in PAPERS if not (ROOT / name).is_file()]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert missing == []
    assert project["license"] == "Apache-2.0"
    assert "license: Apache-2.0" in (ROOT / "publiccode.yml").read_text()
    assert "Apache License" in (ROOT / "LICENSE").read_text()


def test_the_changelog_knows_the_version():
    import gongzhi  # noqa: PLC0415

    assert f"## {gongzhi.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_no_test_is_skipped_or_expected_to_fail():
    marks = re.compile(r"@?pytest\.(?:mark\.)?(?:skip|skipif|xfail)\b|import" + "orskip")
    found = [name for name, text in _texts().items() if name.endswith(".py") and marks.search(text)]
    assert found == []


def test_every_setting_is_written_down_for_operators():
    named = {
        setting
        for name, text in _texts().items()
        if name.startswith("gongzhi/") and name.endswith(".py")
        for setting in re.findall(r"\bGONGZHI_[A-Z0-9_]+", text)
    }
    written = (ROOT / "docs" / "howto" / "settings.md").read_text()
    assert sorted(setting for setting in named if f"`{setting}`" not in written) == []
