"""Shifts as entries of a calendar program (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
LONGEST = 73  # bytes of a line before it is folded: with the line's end 75, as the RFC has it


def ics_text(value: str) -> str:
    return value.translate(_ESCAPED)


def events_as_ics(
    events: Iterable[tuple[str, datetime, datetime, str, str]], *, name: str, at: datetime
) -> str:
    """Write (id, start, end, summary, description) as one calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongzhi//duty//ZH",
        f"X-WR-CALNAME:{ics_text(name)}",
    ]
    for uid, start, end, summary, description in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            f"DTSTAMP:{_moment(at)}",
            f"DTSTART:{_moment(start)}",
            f"DTEND:{_moment(end)}",
            f"SUMMARY:{ics_text(summary)}",
            f"DESCRIPTION:{ics_text(description)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> str:
    """Break a line after so many bytes, never inside a character."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST:
            pieces.append(piece)
            piece, size = "", 1  # the blank that begins a folded line
        piece += character
        size += width
    return "\r\n ".join([*pieces, piece])
