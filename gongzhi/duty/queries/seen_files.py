"""Who may see a file of a bulletin or an instruction."""

from typing import Any

from django.db.models import Q

from gongzhi.base.actor import Actor
from gongzhi.duty.capabilities import Can
from gongzhi.duty.models import BulletinFile, Instruction, InstructionFile, Receiver
from gongzhi.duty.queries.bulletins import visible_bulletins
from gongzhi.duty.queries.instructions import visible_instructions
from gongzhi.duty.queries.units import homes


def may_see_file(token: str, actor: Actor, _request: Any) -> bool:
    """Tell whether a file hangs on a bulletin or on a part of an instruction that the actor sees."""
    if not (actor.id and actor.can(Can.VIEW)):
        return False
    announced = BulletinFile.objects.filter(
        file__token=token, bulletin__in=visible_bulletins(actor).values("pk")
    )
    return announced.exists() or _instructed(token, actor)


def _instructed(token: str, actor: Actor) -> bool:
    found = InstructionFile.objects.filter(file__token=token).select_related("record").first()
    if found is None:
        return False
    of, receiver = found.record.instruction_id, found.record.receiver_id
    if receiver is None:
        return visible_instructions(actor).filter(pk=of).exists()
    issued = Instruction.objects.within_reach_of(actor, Can.VIEW).filter(pk=of)
    theirs = Receiver.objects.filter(pk=receiver).filter(
        Q(pk__in=Receiver.objects.within_reach_of(actor, Can.VIEW).values("pk"))
        | Q(unit__in=homes(actor, Can.VIEW))
    )
    return issued.exists() or theirs.exists()
