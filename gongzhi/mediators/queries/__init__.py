"""What the registry answers."""

from gongzhi.mediators.queries.one import bodies_of_units, body, mediator

__all__ = ["bodies_of_units", "body", "mediator"]
