"""Decisions about rosters, addresses and papers; plain values in and out."""

from gongzhi.duty.rules.addresses import (
    flaw_of_link,
    flaw_of_phone,
    paths_around,
    scheme_of,
)
from gongzhi.duty.rules.calendars import events_as_ics, ics_text
from gongzhi.duty.rules.numbers import number_of, read_number
from gongzhi.duty.rules.papers import digest_of
from gongzhi.duty.rules.turning import (
    Gap,
    Need,
    Planned,
    Slot,
    gaps,
    moments,
    overlap,
    short_rests,
    slots_of,
    turns,
)

__all__ = [
    "Gap",
    "Need",
    "Planned",
    "Slot",
    "digest_of",
    "events_as_ics",
    "flaw_of_link",
    "flaw_of_phone",
    "gaps",
    "ics_text",
    "moments",
    "number_of",
    "overlap",
    "paths_around",
    "read_number",
    "scheme_of",
    "short_rests",
    "slots_of",
    "turns",
]
