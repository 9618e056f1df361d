"""What others may ask about residents' corners."""

from gongzhi.residents.queries.data import Kept, data_of, kept_sorts
from gongzhi.residents.queries.own import (
    OwnFilter,
    OwnRow,
    found_by_phone,
    own_export,
    own_page,
    own_tokens,
)
from gongzhi.residents.queries.visitor import (
    COOKIE,
    TICKET,
    resident_of,
    signed_value,
    ticket_of,
)

__all__ = [
    "COOKIE",
    "TICKET",
    "Kept",
    "OwnFilter",
    "OwnRow",
    "data_of",
    "found_by_phone",
    "kept_sorts",
    "own_export",
    "own_page",
    "own_tokens",
    "resident_of",
    "signed_value",
    "ticket_of",
]
