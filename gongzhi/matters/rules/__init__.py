"""Decisions about matters. Plain values in, plain values out."""

from gongzhi.matters.rules.chain import CHAINED, entry_hash, first_break
from gongzhi.matters.rules.numbers import (
    CHECK_TABLE,
    WrongNumber,
    looks_like_number,
    number_of,
    read_number,
)
from gongzhi.matters.rules.words import district_of, query_words, search_words

__all__ = [
    "CHAINED",
    "CHECK_TABLE",
    "WrongNumber",
    "district_of",
    "entry_hash",
    "first_break",
    "looks_like_number",
    "number_of",
    "query_words",
    "read_number",
    "search_words",
]
