"""Matter numbers for whole columns of ids; the same as the register makes."""

from typing import Any

import numpy as np

from gongzhi.demo.annals.columns import fixed
from gongzhi.matters import actions as register

DASH, ZERO = ord("-"), ord("0")
SERIAL_DIGITS = 8


def numbers_of(*, year: Any, serial: Any) -> Any:
    """Return the numbers as texts, such as 26-0001-8427-7."""
    digits = np.empty((len(serial), 2 + SERIAL_DIGITS), dtype=np.int64)
    digits[:, 0], digits[:, 1] = year % 100 // 10, year % 10
    for place in range(SERIAL_DIGITS):
        digits[:, 2 + place] = serial // 10 ** (SERIAL_DIGITS - 1 - place) % 10
    interim = np.zeros(len(serial), dtype=np.int64)
    for place in range(digits.shape[1]):
        interim = _CHECK[interim, digits[:, place]]
    letters = np.full((len(serial), 14), DASH, dtype=np.uint8)
    letters[:, [0, 1, 3, 4, 5, 6, 8, 9, 10, 11]] = digits + ZERO
    letters[:, 13] = interim + ZERO
    return fixed(letters)


_CHECK = np.array(register.CHECK_TABLE)
