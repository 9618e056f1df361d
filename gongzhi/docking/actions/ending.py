"""A court's mediation ends on one of eight grounds; the result and what the court needs go back at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.disputes import queries as disputes
from gongzhi.docking import queries
from gongzhi.docking.actions import staging
from gongzhi.docking.actions.sending import queue
from gongzhi.docking.actions.steps import MEDIATE, locked
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Complaint, Docket
from gongzhi.docking.queries import Ground
from gongzhi.matters import queries as matters

BARRED = ("人民陪审员", "诉讼代理人", "证人", "鉴定人", "翻译人员")  # 特邀调解规定 art. 16


@transaction.atomic
def end(
    *, docket_id: int, ending: str, result: str, actor: Actor, at: datetime, facts: str = "", conduct: str = ""
) -> Docket:  # fmt: skip
    """
    End a court's mediation and return the result.

    `facts` are the undisputed ones both sides signed; `conduct` is what raised another side's costs
    (人民法院在线调解规则 art. 21). What was conceded for a settlement has no place in either (art. 18).
    """
    docket = locked(docket_id, actor, Can.ACCEPT, Can.RECORD)
    staging.needed(docket, MEDIATE)
    ground = queries.ground("endings", ending)
    if ground is None:
        raise Invalid({"ending": _("Choose one of the eight grounds.")})
    if len(result.strip()) < 2:
        raise Invalid({"result": _("Write down the result: what was agreed, or why nothing was.")})
    bring_to_end(docket, ground, result=result, facts=facts, conduct=conduct, by=actor.name, at=at)
    audit.record(actor=actor, verb="docking.end", subject=f"matter:{docket.matter_id}", at=at)
    return docket


def bring_to_end(
    docket: Docket, ground: Ground, *, result: str, by: str, at: datetime, facts: str = "", conduct: str = ""
) -> None:  # fmt: skip
    for stage in docket.stages.filter(done_at__isnull=True):
        staging.close(stage, by=by, at=at, note=ground.name if stage.code == MEDIATE else "")
    docket.state, docket.ended_at = Docket.State.ENDED, at
    docket.ending, docket.result, docket.facts = ground.code, result.strip(), facts.strip()
    docket.mediators = [str(name) for name in disputes.answers_for_papers(docket.matter_id)["mediators"]] or docket.mediators  # fmt: skip
    if not ground.settled:
        staging.begin_after(docket, "failed", at=at)
    queue(
        docket, "case.result",
        {
            "ending": ground.code, "ground": ground.name, "article": ground.article, "settled": ground.settled,
            "result": docket.result, "facts": docket.facts, "conduct": conduct.strip(),
            "mediators": docket.mediators, "barred_as": list(BARRED),
            "matter": matters.standing(docket.matter_id).number,
        },
        at=at,
    )  # fmt: skip
    staging.settle(docket, "end", at=at)


@transaction.atomic
def complain(*, docket_id: int, ground: str, text: str, actor: Actor, at: datetime) -> Complaint:
    """Keep what a side holds against a court's mediation, and send it to the court that invited."""
    docket = locked(docket_id, actor, Can.RECORD, Can.FILE)
    known = queries.ground("complaints", ground)
    problems = {}
    if known is None or not docket.is_incoming:
        problems["ground"] = _("Choose the ground of the complaint.")
    if len(text.strip()) < 5:
        problems["text"] = _("Write down what happened.")
    if problems or known is None:
        raise Invalid(problems)
    row = Complaint.objects.create(
        docket=docket, ground=ground, text=text.strip(), made_at=at, made_by=actor.name[:80]
    )
    queue(docket, "complaint.filed", {"ground": known.name, "article": known.article, "text": row.text}, at=at)  # fmt: skip
    audit.record(actor=actor, verb="docking.complain", subject=f"matter:{docket.matter_id}", at=at)
    return row
