"""The part of the patrols that the walk-through shows, done through the patrol's own actions."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.catalogue import queries as catalogue
from gongzhi.demo import tables
from gongzhi.incidents import actions as incidents
from gongzhi.matters import queries as matters
from gongzhi.matters.queries import Box, Filter
from gongzhi.patrol import actions as patrol
from gongzhi.patrol import queries as patrols

FOUND = (
    ("楼道堆放纸箱和旧沙发，已拍照", True),
    ("二楼灭火器压力在红区", False),
    ("底层有三辆电动车充电", False),
)
DRAWN, RECHECKED = 8, 5


def stage(*, village: str, grids: Sequence[str], at: datetime) -> None:
    """Leave the officer, the dispatcher, the duty officer and the supervisor something of everything to look at."""
    grid, dispatcher, duty, supervisor = (
        _actor(name, at) for name in ("grid", "dispatcher", "duty", "supervisor")
    )
    _find(grid, grids, at - timedelta(days=1))
    _sample(supervisor, village, at)
    _call(dispatcher, grid, village, at)
    _object(grid, duty, at)
    _draft(duty, "/".join(village.split("/")[:2]) + "/", at)


def _actor(username: str, at: datetime) -> Actor:
    person = accounts.person_by_username(username)
    assert person is not None
    return accounts.actor_for(person.id, at)


def _find(grid: Actor, grids: Sequence[str], at: datetime) -> None:
    """Yesterday's visits at which something was wrong: each finding is a matter, and is looked at again."""
    on = timezone.localdate(at)
    items = {item.code: item.id for item in catalogue.items_in_force(on)}
    rows = tables.run(
        "SELECT p.code, p.lon, p.lat, p.address, d.list_code FROM patrol_due d JOIN places_premises p ON p.id = d.premises_id"
        " WHERE d.area_path = ANY(%s) AND d.due_on > %s ORDER BY d.due_on DESC, p.id LIMIT %s",
        [list(grids), on, len(FOUND)],
    )
    for number, ((code, lon, lat, address, list_code), (note, _fixed)) in enumerate(
        zip(rows, FOUND, strict=False)
    ):
        checklist = next(one for one in patrols.check_lists(on=on) if one.code == list_code)
        line = min(checklist.lines, key=lambda one: (one.revisit_days, one.n + number))
        key = f"demo-finding-{number}"
        moment = at + timedelta(minutes=20 * number)
        said = incidents.Report(
            item_id=items[line.item_code], text=f"{line.text}：{note}", source="patrol", lon=lon, lat=lat,
            address=address, premises_code=code, is_new=True,
        )  # fmt: skip
        try:
            incidents.report(said=said, actor=grid, at=moment, key=key)
        except (Refused, Invalid):
            continue
        results = [
            patrol.Result(one.n, "fail", note, key) if one == line else patrol.Result(one.n, "pass")
            for one in checklist.lines
        ]
        visit = patrol.VisitSaid(
            code, list_code, checklist.version, "visited", results, lon=lon, lat=lat, accuracy_m=8
        )
        patrol.record_visit(visit=visit, actor=grid, at=moment, key=f"demo-story-{number}")


def _sample(supervisor: Actor, village: str, at: datetime) -> None:
    """A sample of the village, drawn three days ago and mostly checked again; and one that waits for its draw."""
    then, on = at - timedelta(days=3), timezone.localdate(at)
    made: dict[str, Any] = {
        "since": on - timedelta(days=24), "until": on - timedelta(days=4), "size": DRAWN,
        "due_on": on + timedelta(days=4), "area_path": village, "actor": supervisor,
    }  # fmt: skip
    try:
        row = patrol.publish_sample(name="胜和社区巡查双随机抽查", at=then, **made)
        patrol.draw_sample(sample_id=row.pk, actor=supervisor, at=then + timedelta(hours=2))
    except (Refused, Invalid):
        return  # too few visits lie behind a very small city
    _recheck(row.pk, then)
    town = "/".join(village.split("/")[:2]) + "/"
    made |= {"area_path": town, "size": 30, "premises_kind": 3, "due_on": on + timedelta(days=14)}
    patrol.publish_sample(name="南城街道出租屋巡查双随机抽查", at=at - timedelta(hours=5), **made)


def _recheck(sample_id: int, then: datetime) -> None:
    """Check most of the drawn visits again, all but those of the story's officer; one tells another story."""
    rows = tables.run(
        "SELECT i.position, i.officer_id, i.task_id, p.code, p.lon, p.lat, c.code, c.version, v.verdicts"
        " FROM patrol_sampleitem i JOIN patrol_visit v ON v.id = i.visit_id JOIN places_premises p ON p.id = v.premises_id"
        " JOIN patrol_checklist c ON c.id = v.list_id JOIN accounts_user u ON u.id = i.officer_id"
        " WHERE i.sample_id = %s AND u.username <> 'grid' ORDER BY i.position LIMIT %s",
        [sample_id, RECHECKED],
    )
    done: set[int] = set()
    for number, (
        position,
        officer,
        task,
        code,
        lon,
        lat,
        list_code,
        version,
        verdicts,
    ) in enumerate(rows):
        if task in done:
            continue
        done.add(task)
        moment = then + timedelta(days=1, minutes=25 * number)
        results = [
            patrol.Result(int(n), "fail" if number == 1 and n == "4" else verdict)
            for n, verdict in json.loads(verdicts).items()
        ]
        visit = patrol.VisitSaid(
            code, list_code, version, "visited", results, task=task, lon=lon, lat=lat, accuracy_m=9
        )
        actor = accounts.actor_for(officer, moment)
        patrol.record_visit(visit=visit, actor=actor, at=moment, key=f"demo-recheck-{position}")


def _call(dispatcher: Actor, grid: Actor, village: str, at: datetime) -> None:
    """Call the officer to verify, to check and to an urgent place; let somebody refuse a call."""
    for state, kind, words in (
        ("to_check", "check", "请到现场核查整改结果"),
        ("to_verify", "verify", "请到现场核实情况"),
    ):
        waiting = matters.matters_in(
            Box.DOING, dispatcher, by=Filter(state=state, area=village), at=at
        ).rows
        for row in waiting[:2]:
            _called(
                kind=kind, words=words, number=row.number, user_id=grid.id, actor=dispatcher, at=at
            )
    _called(
        kind="urgent", words="市民反映路边电箱门敞开，请先到现场警戒并拍照", area_path=village, user_id=grid.id,
        due_at=at + timedelta(minutes=40), actor=dispatcher, at=at - timedelta(minutes=6),
    )  # fmt: skip
    refused = _called(
        kind="revisit", words="请再次走访停业整改的小作坊", area_path=village, due_at=at + timedelta(hours=6),
        actor=dispatcher, at=at - timedelta(hours=1),
    )  # fmt: skip
    if refused is None or not refused.user_id:
        return
    patrol.answer_call(
        call_id=refused.pk, answer="refuse", reason="正在处理路面塌陷现场，一小时内走不开",
        actor=accounts.actor_for(refused.user_id, at), at=at - timedelta(minutes=50),
    )  # fmt: skip


def _called(**asked: Any) -> Any:
    try:
        return patrol.call_officer(**asked)
    except (Refused, Invalid):
        return None


def _object(grid: Actor, duty: Actor, at: datetime) -> None:
    """The officer objects to two figures; one objection is decided."""
    on = timezone.localdate(at)
    period = (on - timedelta(days=30), on - timedelta(days=1))
    patrol.appeal(
        figure="on_time", period=period, reason="上周二、周三参加街道防汛值守，当天任务已由站里同意顺延，请核对。",
        actor=grid, at=at - timedelta(hours=20),
    )  # fmt: skip
    decided = patrol.appeal(
        figure="visits", period=period, reason="有两次走访因终端维修由同事代录，未计入我的走访次数。",
        actor=grid, at=at - timedelta(days=2),
    )  # fmt: skip
    patrol.decide_appeal(
        appeal_id=decided.pk, upheld=True, answer="经核对维修记录和代录说明，情况属实，该项统计已注明。",
        actor=duty, at=at - timedelta(days=1),
    )  # fmt: skip


def _draft(duty: Actor, town: str, at: datetime) -> None:
    """A plan of the town's own that waits: the duty officer has drafted shorter rounds."""
    rental = next(
        row for row in patrols.plans_in_force(on=timezone.localdate(at)) if row.group == "rental"
    )
    days = {(klass, grade): every for klass, grade, every in rental.days}
    days |= {("", "D"): 7, ("", "C"): 21, ("workshop", "C"): 10}
    said = patrol.PlanSaid(
        name="南城街道出租屋分级巡查（加密）", group="rental", kind="rental_building", area_path=town,
        valid_from=timezone.localdate(at) + timedelta(days=1), days=days, reason="冬季用火用电高峰，重点出租屋加密走访",
    )  # fmt: skip
    patrol.draft_plan(plan=said, actor=duty, at=at)
