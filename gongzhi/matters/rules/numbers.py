"""
The one number: 26-0001-8427-7, that is year, serial and a check digit.

The check digit is Damm's: it catches every single wrong digit and every swap of two neighbours,
the mistakes people make when they read a number over the telephone.
"""

CHECK_TABLE = (  # Damm's
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
SERIALS = 10**8
FULL_WIDTH = str.maketrans("０１２３４５６７８９－—–", "0123456789---")


class WrongNumber(ValueError):
    """Not a matter number. `reason` is "length" or "check_digit"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_digit(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = CHECK_TABLE[interim][int(digit)]
    return interim


def number_of(*, year: int, serial: int) -> str:
    """Return the number of the serial-th matter, e.g. "26-0001-8427-7"."""
    digits = f"{year % 100:02d}{serial % SERIALS:08d}"
    return f"{digits[:2]}-{digits[2:6]}-{digits[6:]}-{check_digit(digits)}"


def read_number(text: str) -> str:
    """Return the number as it is stored, whatever dashes, blanks or full-width digits were typed; raise WrongNumber."""
    digits = "".join(c for c in text.translate(FULL_WIDTH) if c not in "- \t\u3000")
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        raise WrongNumber("length")
    if check_digit(digits) != 0:
        raise WrongNumber("check_digit")
    return f"{digits[:2]}-{digits[2:6]}-{digits[6:10]}-{digits[10]}"


def looks_like_number(text: str) -> bool:
    """Tell whether somebody who typed this meant a matter number."""
    digits = [c for c in text.translate(FULL_WIDTH) if c not in "- \t\u3000"]
    return len(digits) >= 9 and all(c.isascii() and c.isdigit() for c in digits)
