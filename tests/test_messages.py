"""The pages' Chinese: whole, one word for one meaning, and nothing left in English."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from tools import messages

# What an ordinary reader of these pages meets in Latin letters: formats, units, systems, keys.
LATIN = """
    GPS QR API IP URL HTTPS WebGL TOTP Cookie CSRF MB GB UTF-8 GB18030
    XLSX CSV TSV ZIP PDF Excel GeoJSON FeatureCollection JSON tar
    JPEG PNG WebP HEIC MP3 M4A WAV MP4 MOV A4
    SHA-256 JSON
    WGS-84 CGCS2000 GCJ-02 BD-09
    https http tel sip
    Enter Ctrl Ctrl-C Esc P j k e
    A B C D
    PostgreSQL DATABASE_URL fsync full_page_writes postgresql-contrib X-CSRFToken LC_CTYPE C.UTF-8 ENCODING UTF8
    GONGZHI_DEBUG GONGZHI_DEMONSTRATION GONGZHI_HOSTS GONGZHI_HTTPS GONGZHI_SECRET_KEY
"""
# What people type or read as it stands: commands, options, file names, codes of a table's cells.
TYPED = re.compile(
    r"`[^`]+`|“;?[a-z]+:”|--[a-z]+|\.[a-z]+\b|[@*]?\b(?:city|town|village|item(?:@town)?|event(?::\d+)?|part)\b|user:\d*|var/|\b[EP]\d{2}(?:\d{2})?\b"
)
MARKUP = re.compile(r"%\(\w+\)[sd]|\{[^{}]*\}|<[^>]*>|&\w+;")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
DATE_FORMATS = {"n月j日 H:i"}

CATALOGUES = messages.collected()


def _said() -> Iterator[tuple[str, str | None, str, str]]:
    """Yield module, context, English and Chinese of every string, plurals one by one."""
    for folder, catalogue in CATALOGUES.items():
        for message in catalogue:
            if message.id:
                for chinese in messages.texts(message.string):
                    yield folder.name, message.context, messages.texts(message.id)[0], chinese


def test_every_string_is_translated_with_its_own_placeholders():
    assert messages.untranslated(CATALOGUES) + messages.mistaken(CATALOGUES) == []


def test_the_context_of_a_string_in_a_page_is_collected(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("""{% translate "As of" context "moment" %} {% translate 'As of' %}""")

    assert [(said, context) for _line, said, context in messages.strings(page)] == [
        ("As of", "moment"),
        ("As of", None),
    ]


def test_no_english_string_has_two_translations():
    """All modules share one catalogue at run time: of two translations the first would win everywhere."""
    words: dict[tuple[str | None, str], dict[str, set[str]]] = {}
    for module, context, english, chinese in _said():
        words.setdefault((context, english), {}).setdefault(chinese, set()).add(module)

    assert {key: shown for key, shown in words.items() if len(shown) > 1} == {}


def test_the_pages_say_what_the_catalogues_say():
    """A word of Django itself, or of an older compilation, must not come before ours."""
    with translation.override("zh-hans"):
        other = {
            message.id: shown
            for catalogue in CATALOGUES.values()
            for message in catalogue
            if message.id
            and isinstance(message.id, str)
            and (shown := _shown(message.id, message.context)) != message.string
        }

    assert other == {}, "python -m tools.messages --compile writes what the pages read"


def _shown(english: str, context: str | None) -> str:
    return translation.pgettext(context, english) if context else translation.gettext(english)


def test_no_chinese_string_keeps_an_english_word():
    kept = {
        chinese: left
        for _module, _context, _english, chinese in _said()
        if chinese not in DATE_FORMATS and (left := _english_words(chinese))
    }

    assert kept == {}


def test_no_chinese_string_shouts():
    assert [chinese for *_where, chinese in _said() if re.search("[!！]", chinese)] == []


@pytest.mark.parametrize(
    ("chinese", "left"),
    [
        ("导出 CSV", []),
        ("已停用 {name} 与 %(count)s 件", []),
        ("请运行 `gongzhi migrate`。", []),
        ("例如 P01 E0701", []),
        ("请先 Save 再关闭", ["Save"]),
        ("状态为 to_verify", ["to_verify"]),
    ],
)
def test_english_words_are_found_beside_what_may_stay(chinese, left):
    assert _english_words(chinese) == left


def _english_words(chinese: str) -> list[str]:
    bare = TYPED.sub(" ", MARKUP.sub(" ", chinese))
    return [word for word in WORD.findall(bare) if word.rstrip(".-") not in set(LATIN.split())]
