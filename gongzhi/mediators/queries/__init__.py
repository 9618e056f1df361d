"""What the registry answers."""

from gongzhi.mediators.queries.choosing import bodies_for, mediators_for, public_mediators_for
from gongzhi.mediators.queries.one import body, mediator

__all__ = ["bodies_for", "body", "mediator", "mediators_for", "public_mediators_for"]
