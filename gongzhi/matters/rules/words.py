"""Cuts Chinese text into the words it is found by."""

import re

import rjieba

WORD = re.compile(r"[0-9A-Za-z]+|[\u3400-\u9fff]+")
MOST_WORDS = 2000  # of one matter: keeps a 20,000-character text from bloating the index


def search_words(*texts: str) -> list[str]:
    """Return the distinct words of the texts, in order of appearance, lower case."""
    words: dict[str, None] = {}
    for text in texts:
        for piece in rjieba.cut_for_search(text.lower()):
            if WORD.fullmatch(piece):
                words.setdefault(piece)
    return list(words)[:MOST_WORDS]


def query_words(text: str) -> list[str]:
    """Return the words a searcher's text asks for, coarser than those stored, so each is found."""
    return [w for w in dict.fromkeys(rjieba.cut(text.lower())) if WORD.fullmatch(w)][:20]


def district_of(area_path: str) -> str:
    """Return the first two levels of a path: "441900/004/012/03/" is in "441900/004/"."""
    parts = area_path.split("/")
    return "/".join(parts[:2]) + "/" if len(parts) > 2 else area_path
