"""What the registry answers."""

from gongzhi.mediators.queries.choosing import (
    BodyChoice,
    Candidate,
    bodies_for,
    body,
    candidates,
    days_of,
    mediator,
    mediator_of_user,
    mediators_of_user,
)
from gongzhi.mediators.queries.defined import fields, grades, grounds, languages

__all__ = [
    "BodyChoice", "Candidate", "bodies_for", "body", "candidates", "days_of", "fields", "grades", "grounds",
    "languages", "mediator", "mediator_of_user", "mediators_of_user",
]  # fmt: skip
