"""Which disputes somebody of the office may work on here, and how far."""

from dataclasses import dataclass

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.talks.models import SafetyPlan

CONTACTING = frozenset({"to_consent", "to_appoint", "mediating", "suspended", "to_sign"})
TALKING = frozenset({"mediating", "to_sign"})


@dataclass(frozen=True)
class Talk:
    """A dispute as this module sees it."""

    matter_id: int
    number: str
    title: str
    state: str
    state_label: str
    area_path: str
    may_mediate: bool
    is_hidden: bool

    @property
    def is_contacting(self) -> bool:
        return self.state in CONTACTING

    @property
    def is_talking(self) -> bool:
        return self.state in TALKING


def talk(number: str, actor: Actor, capability: str) -> Talk:
    """Return the dispute if the actor is assigned to it and holds the capability; OutOfReach otherwise."""
    matter_id = matters.ids_by_number([number], actor).get(number)
    if matter_id is None or not actor.can(capability):
        raise OutOfReach
    found = unguarded(matter_id, actor)
    if not disputes.is_assigned(actor, matter_id):
        raise OutOfReach
    return found


def mediated(number: str, actor: Actor, capability: str) -> Talk:
    """Return the dispute only for whoever mediates it: the clerks of the body do not enter the rooms."""
    found = talk(number, actor, capability)
    if not found.may_mediate:
        raise OutOfReach
    return found


def unguarded(matter_id: int, actor: Actor) -> Talk:
    """Return a dispute for jobs, reactions and parties, whose reach was looked at before."""
    row = matters.standing(matter_id)
    if row.kind != "dispute":
        raise OutOfReach
    return Talk(
        row.id, row.number, row.title, row.state, row.state_label, row.area_path,
        may_mediate=disputes.may_mediate(actor, row.id), is_hidden=is_hidden(row.id),
    )  # fmt: skip


def is_hidden(matter_id: int) -> bool:
    """Tell whether the sides are written to in neutral words: by the file, or by an open safety plan."""
    if disputes.is_hidden(matter_id):
        return True
    return SafetyPlan.objects.filter(
        dispute_id=matter_id, is_hiding=True, closed_at__isnull=True
    ).exists()
