"""What may be asked about duty."""

from gongzhi.duty.queries.bulletins import BOXES as BULLETIN_BOXES
from gongzhi.duty.queries.bulletins import (
    bulletin,
    bulletins,
    bulletins_page,
    bulletins_table,
    readers_table,
    unread_bulletins,
    unread_count,
)
from gongzhi.duty.queries.contacts import (
    UNIT_KINDS,
    contact,
    contacts,
    contacts_page,
    contacts_table,
    own_numbers,
    own_units,
    rooms,
    rooms_of,
)
from gongzhi.duty.queries.content import norm, urgencies
from gongzhi.duty.queries.desks import (
    candidates,
    days_between,
    desk,
    desks_to_choose,
    own_desk,
    patterns,
    units_without_desk,
)
from gongzhi.duty.queries.handovers import (
    found_handovers,
    handover_detail,
    handovers_page,
    handovers_table,
    late_list,
    open_handover,
)
from gongzhi.duty.queries.instructions import BOXES as INSTRUCTION_BOXES
from gongzhi.duty.queries.instructions import box_counts as instruction_counts
from gongzhi.duty.queries.instructions import (
    detail,
    instructions,
    instructions_page,
    instructions_table,
    receiver,
    receivers_table,
    todo,
)
from gongzhi.duty.queries.now import (
    DeskNow,
    OnDuty,
    desk_now,
    desks_above,
    desks_below,
    on_duty,
    on_duty_below,
)
from gongzhi.duty.queries.papers import handover_paper
from gongzhi.duty.queries.roster import (
    RosterFilter,
    calendar_events,
    calendar_table,
    exchangeable,
    gaps_between,
    month,
    own_watches,
    roster_table,
    rotation,
    rotations,
    watch,
    watches,
    watches_page,
)
from gongzhi.duty.queries.seen_files import may_see_file
from gongzhi.duty.queries.swaps import swaps_page
from gongzhi.duty.queries.units import Addressees, addressees, homes, offered, units_of_groups

__all__ = [
    "BULLETIN_BOXES", "INSTRUCTION_BOXES", "UNIT_KINDS", "Addressees", "DeskNow", "OnDuty", "RosterFilter", "addressees", "bulletin", "bulletins", "bulletins_page", "bulletins_table",
    "calendar_events", "calendar_table", "candidates", "contact", "contacts", "contacts_page", "contacts_table",
    "days_between", "desk", "desk_now", "desks_above", "desks_below", "desks_to_choose", "detail", "exchangeable",
    "found_handovers", "gaps_between", "handover_detail", "handover_paper", "instruction_counts", "handovers_page", "handovers_table", "homes", "instructions",
    "instructions_page", "instructions_table", "late_list", "may_see_file", "month", "norm", "offered", "on_duty",
    "on_duty_below", "open_handover", "own_desk", "own_numbers", "own_units", "own_watches", "patterns",
    "readers_table", "receiver", "receivers_table", "rooms", "rooms_of", "roster_table", "rotation", "rotations",
    "swaps_page", "todo", "units_of_groups", "units_without_desk", "unread_bulletins", "unread_count", "urgencies",
    "watch", "watches", "watches_page",
]  # fmt: skip
