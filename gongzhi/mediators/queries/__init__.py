"""What the registry answers."""

from gongzhi.mediators.queries.choosing import (
    BodyChoice,
    Candidate,
    bodies_for,
    body,
    body_kinds,
    candidates,
    days_of,
    mediator,
    mediator_of_user,
    mediators_of_user,
)
from gongzhi.mediators.queries.defined import fields, grades, grounds, languages
from gongzhi.mediators.queries.own import bodies_of_units

__all__ = [
    "BodyChoice", "Candidate", "bodies_for", "bodies_of_units", "body", "body_kinds", "candidates", "days_of", "fields", "grades", "grounds",
    "languages", "mediator", "mediator_of_user", "mediators_of_user",
]  # fmt: skip
