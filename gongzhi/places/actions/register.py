"""One premises at a time, typed into a form; the same rules as a file's rows."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tables.reading import Table, UnreadableFile
from gongzhi.places.actions.premises import Outcome, Way, take
from gongzhi.places.models import Premises
from gongzhi.places.queries.maps import reach_of
from gongzhi.places.queries.premises import premises_by_code
from gongzhi.places.queries.sentences import sentence
from gongzhi.places.rules.problems import Problem

FIELDS: Final = {
    "code": "code", "kind": "kind", "name": "name", "status": "status", "grade": "grade",
    "point": "lon", "half_a_point": "lon", "not_a_number": "lon", "area_unknown": "area_code",
}  # fmt: skip


def register(
    *, values: Mapping[str, str], system: str = "WGS-84", on: date, actor: Actor, at: datetime
) -> Premises:
    """Write one premises: new, or known by its code. Invalid tells which field is wrong."""
    reach = reach_of(actor)
    if not reach:
        raise OutOfReach
    problems: list[Problem] = []

    def told(outcome: Outcome) -> None:
        problems.extend(problem for problem in outcome.problems if problem.is_grave)

    row = [" ".join(value.split()) for value in values.values()]
    try:
        take(
            Table(list(values), iter([row]), 1),
            Way(system, on, reach, at, writes=True),
            after_chunk=told,
        )
    except UnreadableFile as error:
        raise Invalid({"__all__": sentence(Problem(0, "", error.flaw, error.values))}) from error
    if problems:
        raise Invalid({_field(problem): sentence(problem) for problem in problems})
    audit.record(
        actor=actor, verb="places.register", subject=f"premises:{values['code']}", at=at,
        detail=_detail(values),
    )  # fmt: skip
    return premises_by_code(values["code"].strip())


def _field(problem: Problem) -> str:
    named = str(problem.values.get("column", ""))
    return named or FIELDS.get(problem.flaw) or FIELDS.get(problem.flaw.split("_")[0], "__all__")


def _detail(values: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value and name != "code"}
