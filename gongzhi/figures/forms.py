"""Reading which figure is asked about from an address."""

from collections.abc import Mapping
from datetime import date

from gongzhi.base.texts import as_number
from gongzhi.figures.queries import Behind, FactFilter


def behind_from(asked: Mapping[str, str]) -> Behind:
    """Read an address's parameters; what cannot be read is left out."""
    return Behind(
        what=asked.get("what", "")[:30],
        without=asked.get("without", "")[:30],
        on=_day(asked.get("on", "")),
        by=FactFilter(
            since=_day(asked.get("since", "")),
            until=_day(asked.get("until", "")),
            area=_word(asked.get("area", ""), 60),
            unit=_number(asked.get("unit", "")),
            department=_number(asked.get("department", "")),
            items=[number] if (number := _number(asked.get("item", ""))) else [],
            item_class=_word(asked.get("item_class", ""), 8),
            source=_word(asked.get("source", ""), 12),
            state=_word(asked.get("state", ""), 20),
        ),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def _number(text: str) -> int | None:
    return as_number(text, digits=11)


def _word(text: str, most: int) -> str:
    return text.replace("\x00", "")[:most]
