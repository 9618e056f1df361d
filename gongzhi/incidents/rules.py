"""Decisions about grid matters. Plain values in, plain values out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST_TEXT = 2000
LONGEST_TITLE = 60
VERIFIED_SOURCES = frozenset({"patrol", "inspection"})  # an officer saw it: nothing to verify
IDENTITY_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)")
SENTENCE_END = re.compile(r"[。！？!?\n；;]")


def clean(text: str) -> str:
    """Return the text without control characters and trailing blanks; line breaks stay."""
    kept = (
        c
        for c in text.replace("\r\n", "\n")
        if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"}
    )
    return "".join(kept).strip()


def title_of(text: str, item_name: str) -> str:
    """Return the report's first sentence, shortened; the item's name when there is no text."""
    first = SENTENCE_END.split(text.strip(), maxsplit=1)[0].strip() or item_name
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1] + "…"


def names_a_person(text: str) -> bool:
    """Tell whether the text carries an identity number: the sure sign that it is about a person."""
    return IDENTITY_NUMBER.search(text) is not None


@dataclass(frozen=True)
class PersonPattern:
    """One way in which a text singles out a person, as the data of a day describe it."""

    code: str
    finds: re.Pattern[str]


def person_patterns(rows: Sequence[Mapping[str, str]]) -> tuple[PersonPattern, ...]:
    """Build the patterns from their rows: lists of words fill the places in braces."""
    lists = {row["kind"]: row["value"] for row in rows if row["kind"] != "pattern"}
    if "surnames" not in lists:  # a day before the lists were made
        return ()
    stops = "|".join(map(re.escape, lists["not_names"].split()))
    surnames, han = lists["surnames"], "[\u4e00-\u9fff]"
    places = {
        "{surname}": surnames,
        "{name}": f"(?!{stops})(?:(?:{lists['compound']}){han}{{1,2}}|[{surnames}]{han}{{1,2}}?)",
        "{accusation}": "|".join(lists["accusations"].split()),
        "{role}": "(?:" + "|".join(lists["roles"].split()) + ")",
    }
    found = []
    for row in rows:
        if row["kind"] == "pattern":
            text = row["value"]
            for place, words in places.items():
                text = text.replace(place, words)
            found.append(PersonPattern(row["code"], re.compile(text)))
    return tuple(found)


def person_in(text: str, patterns: Sequence[PersonPattern]) -> str:
    """Return the words by which a text singles out a person; empty when it speaks of things and places."""
    if number := IDENTITY_NUMBER.search(text):
        return number[0][:4] + "…"
    for pattern in patterns:
        if found := pattern.finds.search(text):
            return found[0].strip(" ，。,；;、！!？?：:\n\t")[:30]
    return ""
