"""What the registry answers."""

from gongzhi.mediators.queries.one import body, mediator

__all__ = ["body", "mediator"]
