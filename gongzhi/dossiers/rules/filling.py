"""Placeholders of a paper's words: {name}. What is not known stays blank, to be written by hand."""

import re
from collections.abc import Mapping

BLANK = "＿＿＿＿＿＿"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fill(words: str, values: Mapping[str, str]) -> str:
    """Return the words with their values; KeyError names a placeholder nobody fills."""
    return PLACEHOLDER.sub(lambda found: values[found.group(1)] or BLANK, words)
