"""What the registry answers."""

from gongzhi.mediators.queries.bodies import BOXES as BODY_BOXES
from gongzhi.mediators.queries.bodies import SORTS as BODY_SORTS
from gongzhi.mediators.queries.bodies import (
    BodyDetail,
    BodyFilter,
    BodyRow,
    bodies,
    bodies_named,
    bodies_offered,
    bodies_page,
    body_detail,
    filings,
    filings_page,
    registry_counts,
    units_offered,
    visible_bodies,
)
from gongzhi.mediators.queries.choosing import (
    BodyChoice,
    Candidate,
    bodies_for,
    body,
    body_kinds,
    candidates,
    days_of,
    employments,
    mediator,
    mediator_of_user,
    mediators_of_user,
    user_of,
)
from gongzhi.mediators.queries.defined import fields, grades, grounds, languages
from gongzhi.mediators.queries.own import bodies_of_units
from gongzhi.mediators.queries.public import (
    PublicFace,
    PublicFilter,
    chosen_publicly,
    public_bodies,
    public_face,
    public_page,
)
from gongzhi.mediators.queries.roster import BOXES as ROSTER_BOXES
from gongzhi.mediators.queries.roster import SORTS as ROSTER_SORTS
from gongzhi.mediators.queries.roster import (
    MediatorDetail,
    MediatorFilter,
    MediatorRow,
    application,
    applications_page,
    mediator_detail,
    mediators,
    mediators_page,
    own_detail,
    own_offices,
    visible_mediators,
    weeks_ahead,
)
from gongzhi.mediators.queries.tables import (
    body_headings,
    body_table,
    filing_headings,
    filing_table,
    mediator_headings,
    mediator_table,
)

__all__ = [
    "BODY_BOXES", "BODY_SORTS", "ROSTER_BOXES", "ROSTER_SORTS", "BodyChoice", "BodyDetail", "BodyFilter", "BodyRow",
    "Candidate", "MediatorDetail", "MediatorFilter", "MediatorRow", "PublicFace", "PublicFilter", "application",
    "applications_page", "bodies", "bodies_for", "bodies_named", "bodies_of_units", "bodies_offered", "bodies_page", "body", "body_detail", "body_headings", "body_kinds",
    "body_table", "candidates", "chosen_publicly", "days_of", "employments", "fields", "filing_headings", "filing_table", "filings", "filings_page", "grades",
    "grounds", "languages", "mediator", "mediator_detail", "mediator_headings", "mediator_of_user", "mediator_table",
    "mediators", "mediators_of_user", "mediators_page", "own_detail", "own_offices", "public_bodies",
    "public_face", "public_page", "registry_counts", "units_offered", "user_of", "visible_bodies", "visible_mediators",
    "weeks_ahead",
]  # fmt: skip
