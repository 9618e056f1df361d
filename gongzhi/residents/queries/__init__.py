"""What others may ask about residents' corners."""

from gongzhi.residents.queries.data import Kept, data_of, kept_sorts
from gongzhi.residents.queries.following import (
    FOLLOWING,
    FOLLOWING_DAYS,
    AlertRow,
    Followed,
    Stop,
    account_follows,
    alerts_of,
    class_choices,
    device_follows,
    device_value,
    followed_rows,
    is_followed,
    seen_now,
    stop_of,
    stop_words,
)
from gongzhi.residents.queries.own import (
    OwnFilter,
    OwnRow,
    own_export,
    own_page,
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
    "FOLLOWING",
    "FOLLOWING_DAYS",
    "TICKET",
    "AlertRow",
    "Followed",
    "Kept",
    "OwnFilter",
    "OwnRow",
    "Stop",
    "account_follows",
    "alerts_of",
    "class_choices",
    "data_of",
    "device_follows",
    "device_value",
    "followed_rows",
    "is_followed",
    "kept_sorts",
    "own_export",
    "own_page",
    "resident_of",
    "seen_now",
    "signed_value",
    "stop_of",
    "stop_words",
    "ticket_of",
]
