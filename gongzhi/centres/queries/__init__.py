"""What the centre answers."""

from gongzhi.centres.queries.content import (
    by_code,
    check_list,
    grounds_words,
    names,
    questions_for,
    routes,
    rows,
    standard,
)
from gongzhi.centres.queries.halls import (
    Hall,
    Place,
    Screen,
    hall,
    place,
    screen,
    ticket,
    tickets_table,
    waiting_counts,
)
from gongzhi.centres.queries.houses import (
    bookable,
    bookings,
    bookings_page,
    bookings_table,
    centre,
    centre_for,
    counters_of,
    day_plan,
    open_centre,
    own_centre,
    rooms_of,
    rooms_to_lend,
    town_centres,
    visible_bookings,
    visible_centres,
)
from gongzhi.centres.queries.ledger import (
    SORTS,
    STATES,
    MajorDetail,
    major,
    major_counts,
    majors,
    majors_page,
    majors_table,
    may_own,
    on_ledger,
)
from gongzhi.centres.queries.partners import (
    answered_in_time,
    partner,
    partners_week,
    summons_rule,
    summonses,
    summonses_page,
    summonses_table,
    there_on,
)
from gongzhi.centres.queries.standards import scores, standard_table, standing
from gongzhi.centres.queries.sweeps import (
    CampaignDetail,
    campaign,
    campaigns,
    campaigns_page,
    finding,
    findings_page,
    findings_table,
    units_for,
)
from gongzhi.centres.queries.taking import (
    Hints,
    Triage,
    answer_lines,
    grading,
    handovers,
    handovers_page,
    handovers_table,
    hints,
    kind_choices,
    registration,
    registrations,
    registrations_page,
    registrations_table,
    triage,
)

__all__ = [
    "SORTS", "STATES", "CampaignDetail", "Hall", "Hints", "MajorDetail", "Place", "Screen", "Triage", "answer_lines",
    "answered_in_time", "bookable", "bookings", "bookings_page", "bookings_table", "by_code", "campaign", "campaigns",
    "campaigns_page", "centre", "centre_for", "check_list", "counters_of", "day_plan", "finding", "findings_page",
    "findings_table", "grading", "grounds_words", "hall", "handovers", "handovers_page", "handovers_table", "hints",
    "kind_choices", "major", "major_counts", "majors", "majors_page", "majors_table", "may_own", "names", "on_ledger",
    "open_centre", "own_centre", "partner", "partners_week", "place", "questions_for", "registration", "registrations",
    "registrations_page", "registrations_table", "rooms_of", "rooms_to_lend", "routes", "rows", "scores", "screen", "standard", "standard_table",
    "standing", "summons_rule", "summonses", "summonses_page", "summonses_table", "there_on", "ticket",
    "tickets_table", "town_centres", "triage", "units_for", "visible_bookings", "visible_centres", "waiting_counts",
]  # fmt: skip
