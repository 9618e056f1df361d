"""Tells interested modules what happened: one job a reaction, inserted in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from procrastinate.contrib.django import app
from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

Reaction: TypeAlias = Callable[[Any], None]

_reactions: Mapping[type, Sequence[Reaction]] = {}


def install(reactions: Mapping[type, Sequence[Reaction]]) -> None:
    global _reactions  # noqa: PLW0603 - set once at start-up, from config/reactions.py
    _reactions = reactions


def publish(event: object) -> None:
    """Queue every reaction to the event, in one statement; a rolled-back fact tells nobody."""
    reactions = _reactions.get(type(event), ())
    if not reactions:
        return
    payload = to_jsonable_python(asdict(event))  # type: ignore[call-overload]
    name = type(event).__name__
    _react().batch_defer(
        *(
            {"event": name, "reaction": _name(reaction), "payload": payload}
            for reaction in reactions
        )
    )


def react(*, event: str, reaction: str, payload: dict[str, Any], **_ignored: object) -> None:
    """Run one reaction; reactions are safe to repeat, so a retried job does no harm."""
    for kind, reactions in _reactions.items():
        if kind.__name__ == event:
            for candidate in reactions:
                if _name(candidate) == reaction:
                    candidate(TypeAdapter(kind).validate_python(payload))


def _react() -> Any:
    return app.tasks["gongzhi.react"]


def _name(reaction: Reaction) -> str:
    return f"{reaction.__module__}.{reaction.__qualname__}"
