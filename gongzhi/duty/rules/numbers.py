"""The number of an instruction: Z26-000031, year and serial."""

import re

_NUMBER = re.compile(r"[Zz指令\s]*(\d{2})\s*[-－—]?\s*(\d{1,8})")


def number_of(*, year: int, serial: int) -> str:
    return f"Z{year % 100:02d}-{serial:06d}"


def read_number(text: str) -> str:
    """Return the number as it is stored, whatever case, blanks and dashes were typed; "" when it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return f"Z{found[1]}-{int(found[2]):06d}" if found else ""
