"""What talks answer. Names of sides stand in no list; rooms answer only whoever sits in them."""

from gongzhi.talks.queries.block import matter_block
from gongzhi.talks.queries.calendars import feed, feed_address, one
from gongzhi.talks.queries.contact import (
    CODE,
    Door,
    Reached,
    answers_of,
    contact,
    door,
    needs_attempts,
    newest_answer,
)
from gongzhi.talks.queries.content import (
    Call,
    Sign,
    calls,
    hosts,
    name_of,
    named,
    norm,
    norms,
    signs,
    steps,
)
from gongzhi.talks.queries.desk import LISTS, SORTS, Asked, counts, desk_page, rows_in, table
from gongzhi.talks.queries.papers import (
    FilePaper,
    answer_address,
    contact_paper,
    facts_paper,
    facts_pdf,
    letter_pdf,
    minutes_paper,
    minutes_pdf,
    papers_of,
)
from gongzhi.talks.queries.reach import Talk, is_hidden, mediated, talk, unguarded
from gongzhi.talks.queries.rooms import (
    COOKIE,
    SEAT_HOURS,
    Line,
    OfferView,
    RoomRow,
    has_room,
    lines,
    may_see_file,
    notes,
    offers_for,
    offers_for_mediator,
    rooms,
    seated,
)
from gongzhi.talks.queries.safety import PlanView, open_plan_of, plans
from gongzhi.talks.queries.seats import Seat, Side, seat, seat_of, sides
from gongzhi.talks.queries.sittings import (
    FactView,
    SittingView,
    facts,
    meeting_link,
    meeting_links,
    next_sitting,
    own_bodies,
    sitting,
    sittings,
)

__all__ = [
    "CODE", "COOKIE", "LISTS", "SEAT_HOURS", "SORTS", "Asked", "Call", "Door", "FactView", "FilePaper", "Line", "OfferView",
    "PlanView", "Reached", "RoomRow", "Seat", "Side", "Sign", "SittingView", "Talk", "answer_address", "answers_of", "calls",
    "contact", "contact_paper", "counts", "desk_page", "door", "facts", "facts_paper", "facts_pdf", "feed", "feed_address",
    "has_room", "hosts", "is_hidden", "letter_pdf", "lines", "matter_block", "may_see_file", "mediated", "meeting_link", "meeting_links", "minutes_paper",
    "minutes_pdf", "name_of", "named", "needs_attempts", "newest_answer", "next_sitting", "norm", "norms", "notes", "offers_for",
    "offers_for_mediator", "one", "open_plan_of", "own_bodies", "papers_of", "plans", "rooms", "rows_in", "seat", "seat_of", "seated", "sides",
    "signs", "sitting", "steps", "sittings", "table", "talk", "unguarded",
]  # fmt: skip
