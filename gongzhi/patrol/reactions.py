"""What patrols do when something happens in the register."""

from django.utils import timezone

from gongzhi.base.actor import system
from gongzhi.matters.events import MatterMoved, MatterOpened
from gongzhi.patrol import actions
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.events import PlanReleased, ShiftEnded, ShiftStarted

PLANS = system("巡查计划", Can.PLAN)


def call_for_matter(event: MatterOpened | MatterMoved) -> None:
    """A matter that waits to be verified or checked calls an officer of its grid; one that moved on needs none."""
    actor_id = event.actor_id if isinstance(event, MatterMoved) else 0
    actions.follow_matter(matter_id=event.matter_id, actor_id=actor_id, at=event.at)


def share_anew(event: PlanReleased) -> None:
    """A plan that rules from today on changes the day; for the whole city that takes half a minute."""
    on = timezone.localdate(event.at)
    actions.redraw(on=on, area_path=event.area_path, actor=PLANS, at=event.at)


def tell_presence(event: ShiftStarted | ShiftEnded) -> None:
    actions.tell_presence(user_id=event.user_id, at=event.at)
