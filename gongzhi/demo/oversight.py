"""Three levels at work in the story's town: hand-overs, objections, joint operations, orders, owners, like matters."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.catalogue import queries as catalogue
from gongzhi.demo import photos, tables
from gongzhi.files import actions as files
from gongzhi.incidents import actions as incidents
from gongzhi.matters import actions as matters
from gongzhi.matters import queries
from gongzhi.matters.queries import Box, Filter
from gongzhi.oversight import actions
from gongzhi.oversight import queries as oversight
from gongzhi.places import queries as places

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
Person = Callable[[str, str], Actor]  # by role and the path of the centre's place


def stage(*, seed: int, at: datetime) -> int:
    """Leave something in every list of command and supervision; return how many deeds were done."""
    story = accounts.person_by_username("dispatcher")
    if story is None:
        return 0
    town = tables.areas_of(story.id)[0]
    people = _people(at)
    neighbours = [area.path for area in places.areas_at_level(1) if area.path != town][:2]
    done = [
        _transfers(people, town, neighbours, at),
        _objections(people, town, at),
        _joint(people, town, at),
        _extended(people, town, at),
        _orders(people, town, at),
        _owners(people, town, at, seed),
        _batches(people, town, at),
    ]
    return sum(done)


def _people(at: datetime) -> Person:
    """Return who holds a role in the centre of a place; logins of the story first."""
    by_place: dict[tuple[str, str], int] = {}
    for user, _name, role, _unit, area in tables.postings():
        by_place.setdefault((role, area), user)

    def find(role: str, path: str) -> Actor:
        return accounts.actor_for(by_place[role, path], at)

    return find


def _rows(actor: Actor, state: str, town: str, at: datetime, *, most: int = 5) -> list[Any]:
    by = Filter(state=state, area=town)
    return queries.matters_in(Box.DOING, actor, by=by, at=at, size=most, sort="new").rows


def _made(deed: Callable[..., Any], **said: Any) -> Any:
    """Do a deed; what a small city or the hour does not allow is left out."""
    try:
        return deed(**said)
    except (Refused, Invalid, OutOfReach):
        return None


def _move(row: Any, move: str, actor: Actor, at: datetime, **values: Any) -> bool:
    [(last,)] = tables.run("SELECT changed_at FROM matters_matter WHERE id = %s", [row.id])
    at = max(at, last)  # nothing is done before what was done last
    return _made(matters.move, matter_id=row.id, move=move, values=values, actor=actor, at=at) is not None  # fmt: skip


def _transfers(people: Person, town: str, neighbours: Sequence[str], at: datetime) -> int:
    """Ask a neighbour to take two matters, of which it refuses one, and be asked to take one."""
    dispatcher = people("dispatcher", town)
    reasons = (
        "地点在两镇街交界，责任路段属贵街道管养，请予接收。",
        "反映的门店已搬迁至贵辖区，请一并处理。",
    )
    done = 0
    for row, reason, neighbour in zip(_rows(dispatcher, "to_dispatch", town, at, most=2), reasons, neighbours, strict=False):  # fmt: skip
        done += _move(row, "ask_transfer", dispatcher, at - 2 * HOUR, town=neighbour, reason=reason)
    return done + sum(_offered(people, neighbour, town, at) for neighbour in neighbours)


def _offered(people: Person, neighbour: str, town: str, at: datetime) -> int:
    """Let a neighbouring town register a matter at its border and ask the story's town to take it."""
    clerk, dispatcher = people("registrar", neighbour), people("dispatcher", neighbour)
    village = places.children(neighbour)[0]
    item = catalogue.items_in_force(timezone.localdate(at))[0]
    said = incidents.Report(
        item_id=item.id, text=f"{village.name}与邻镇交界处{item.name}，两边都说不归自己管", source="inspection",
        area_path=village.path, address=f"{village.name}交界路口", is_new=True,
    )  # fmt: skip
    opened = _made(incidents.report, said=said, actor=clerk, at=at - HOUR)
    if opened is None:
        return 0
    row = opened.matter
    _move(row, "register", clerk, at - HOUR)
    return int(
        _move(row, "ask_transfer", dispatcher, at, town=town, reason="现场核对，地点位于贵街道一侧，请予接收。")
    )  # fmt: skip


def _objections(people: Person, town: str, at: datetime) -> int:
    """Let units object to three dispatches; the city settles two of them."""
    viewer, settler = people("dispatcher", town), people("duty_officer", places.areas_at_level(0)[0].path)  # fmt: skip
    reasons = (
        "该路段绿化带由园林部门管养，不属我单位职责。",
        "涉及燃气管线，应由住建部门牵头。",
        "属于小区内部道路，应由物业服务企业负责。",
    )
    done = 0
    for place, (row, reason) in enumerate(zip(_rows(viewer, "to_accept", town, at, most=3), reasons, strict=False)):  # fmt: skip
        unit = queries.standing(row.id).owing_unit_id
        handler = _of_unit(unit, at)
        if handler is None or not _move(row, "object", handler, at - 3 * HOUR, reason=reason):
            continue
        done += 1
        if place == 0:
            done += _move(row, "reject_objection", settler, at - HOUR, reason="权责清单已明确由你单位处置，请立即办理。")  # fmt: skip
        elif place == 1:
            done += _move(row, "uphold_objection", settler, at - HOUR, reason="经核，属其他部门职责，请重新派遣。")  # fmt: skip
    return done


def _of_unit(unit_id: int | None, at: datetime) -> Actor | None:
    if unit_id is None:
        return None
    people = accounts.people_in_units(
        "handler", "dispatcher", unit_ids=[unit_id], on=timezone.localdate(at)
    )
    return accounts.actor_for(people[0].id, at) if people else None


def _joint(people: Person, town: str, at: datetime) -> int:
    """Let lead units ask others to help: one has answered, one is late, one has time."""
    viewer = people("dispatcher", town)
    tasks = ("请派员到场疏导交通", "请提供管线图并到场指认", "请对周边商铺开展联合检查")
    done = 0
    for place, (row, task) in enumerate(zip(_rows(viewer, "handling", town, at, most=3), tasks, strict=False)):  # fmt: skip
        lead = queries.standing(row.id).owing_unit_id
        helper = next((u.id for u in queries.handling_units(town) if u.kind == "town_office" and u.id != lead), None)  # fmt: skip
        asker = _of_unit(lead, at)
        if helper is None or asker is None:
            continue
        asked_at = at - (9 * DAY if place == 1 else 5 * HOUR)
        done += _move(row, "invite", asker, asked_at, unit=helper, note=task)
        answers = _of_unit(helper, at)
        if place == 0 and answers is not None:
            done += _move(row, "answer", answers, at - HOUR, note="已派两名民警到场，秩序正常。")
    return done


def _extended(people: Person, town: str, at: datetime) -> int:
    """Grant one unit more time: asked by the unit, agreed by its head, decided by the centre."""
    duty = people("duty_officer", town)
    for row in _rows(duty, "handling", town, at, most=20):
        unit = queries.standing(row.id).owing_unit_id
        leads = accounts.people_in_units(
            "unit_lead", unit_ids=[unit or 0], on=timezone.localdate(at)
        )
        asker = _of_unit(unit, at)
        if row.face.state == "late" or asker is None or not leads:
            continue
        lead = accounts.actor_for(leads[0].id, at)
        if _move(row, "ask_extension", asker, at - 2 * HOUR, reason="需等待专用配件到货，预计三日"):
            _move(row, "approve_first", lead, at - HOUR, note="情况属实")
            return int(_move(row, "approve_extension", duty, at, note="同意延期一次"))
    return 0


def _orders(people: Person, town: str, at: datetime) -> int:
    """Issue orders for late matters: one owes its reply, one is overdue, one to review, one returned, one accepted."""
    city = places.areas_at_level(0)[0].path
    supervisor, dispatcher = people("supervisor", city), people("dispatcher", town)
    late: list[Any] = []
    for state in ("handling", "to_accept", "to_dispatch"):  # units before centres
        by = Filter(clock="late", state=state, area=town)
        late += queries.matters_in(Box.DOING, dispatcher, by=by, at=at, size=8).rows
    fresh = [row for row in late if not row.supervised]
    said = (
        ("leader", 2, "请于一个工作日内到场处置并报告原因和整改措施。"), ("overdue", 1, "超时未办结，请说明原因并明确完成时间。"),
        ("major", 2, "存在安全隐患，请先行围蔽警示，当日反馈。"), ("overdue", 1, "请加快办理，办结后反馈处置前后照片。"),
        ("other", 1, "同一地点多次反映，请查明原因，避免反复。"),
    )  # fmt: skip
    done = 0
    for place, (row, (reason, level, text)) in enumerate(zip(fresh, said, strict=False)):
        when = max(row.changed_at, at - (4 * DAY if place == 1 else DAY))
        order = _made(
            actions.issue, said=actions.OrderSaid(row.number, reason, level, text), actor=supervisor, at=when
        )  # fmt: skip
        if order is None:
            continue
        done += 1
        done += _course_of(order, place, supervisor, at)
    done += _made(actions.escalate, at=at) or 0
    return done


def _course_of(order: Any, place: int, supervisor: Actor, at: datetime) -> int:
    """Bring an order as far as its place in the row says."""
    answers = _of_unit(order.unit_id, at)
    if place < 2 or answers is None:
        return 0
    reply = "已安排班组到场处置，主要原因是配件缺货，预计明日上午完成，完成后补报照片。"
    if (
        _made(
            actions.reply,
            order_id=order.pk,
            text=reply,
            actor=answers,
            at=max(at - 6 * HOUR, order.issued_at),
        )
        is None
    ):
        return 0
    if place == 3:
        _made(actions.return_reply, order_id=order.pk, note="请补充现场照片和完成时间。", actor=supervisor, at=at)  # fmt: skip
    elif place == 4:
        _made(actions.accept, order_id=order.pk, note="情况属实，同意。", actor=supervisor, at=at)  # fmt: skip
    return 1


def _owners(people: Person, town: str, at: datetime, seed: int) -> int:
    """Name owners for the oldest open matters; one step is due, one matter is settled with evidence."""
    duty = people("duty_officer", town)
    on = timezone.localdate(at)
    _page, rows = queries.oldest_open(duty, by=Filter(area=town), at=at)
    notes = (
        "已约见有关单位，明确整改方案和时间表。",
        "已现场踏勘，待资金到位后施工。",
        "已协调两家单位分工，本周内完成。",
    )
    done = 0
    for place, (row, note) in enumerate(zip(rows, notes, strict=False)):
        owned = _made(
            actions.name_owner, matter_number=row.number, owner_id=duty.id, reason="久拖未决，多次反映，需领导牵头协调。",
            next_on=on + timedelta(days=7 + place), actor=people("supervisor", town), at=at,
        )  # fmt: skip
        if owned is None:
            continue
        done += 1
        _made(actions.advance, owned_id=owned.pk, stage=("plan", "work", "verify")[place], note=note, next_on=on + timedelta(days=5 + place), actor=duty, at=at)  # fmt: skip
        if place == 2:
            done += _settled(owned.pk, duty, at, seed)
    return done


def _settled(owned_id: int, owner: Actor, at: datetime, seed: int) -> int:
    """File the evidence: a photograph of the result, and words."""
    photo = next(one for one in photos.names() if one.after)
    upload = SimpleUploadedFile(photo.name, photos.draw(photo, seed=seed))
    token = files.receive(upload=upload, actor=owner, at=at).token
    words = "问题点位已整改完毕，责任单位建立日常巡查台账，两次现场复查均无反弹，附整改后照片。"
    return int(
        _made(actions.settle, owned_id=owned_id, settlement="removed", evidence=words, files=[token], actor=owner, at=at)
        is not None
    )  # fmt: skip


def _batches(people: Person, town: str, at: datetime) -> int:
    """Gather the largest groups of like matters; answer one, raise suggestions from two, have one answered."""
    city = places.areas_at_level(0)[0].path
    duty, supervisor = people("duty_officer", town), people("supervisor", city)
    groups, _least, _days = oversight.suggested_groups(duty, cause="place", area=town, at=at)
    more, _least, _days = oversight.suggested_groups(duty, cause="item", area=town, at=at)
    done = 0
    for place, group in enumerate([*more[:2], *groups[:1]]):
        numbers = [row.number for row in queries.rows_by_id(group.ids[:12], duty, at=at)]
        batch = _made(
            actions.gather, title=group.words[:60], cause=group.cause, cause_words=group.words, numbers=numbers, actor=duty,
            at=at,
        )  # fmt: skip
        if batch is None:
            continue
        done += 1
        if place == 0:
            _made(actions.answer, batch_id=batch.pk, text="同类问题已纳入片区集中整治，两周内统一处置，进展在各事项中更新。", move="", actor=duty, at=at)  # fmt: skip
        if place < 2:
            done += _suggested(batch, place, supervisor, town, at)
    return done


def _suggested(batch: Any, place: int, supervisor: Actor, town: str, at: datetime) -> int:
    """Raise a suggestion from a batch to the department most of it lies with; the first one is answered."""
    unit = next((u.id for u in queries.handling_units(town) if u.kind == "town_office"), None)
    if unit is None:
        return 0
    row = _made(
        actions.suggest, batch_id=batch.pk, title=f"关于“{batch.title[:30]}”的长效治理建议",
        text="同一区域短期内多次出现同类问题，逐件处置治标不治本。建议将该片区纳入年度改造计划，并明确日常管养责任单位。",
        unit_id=unit, actor=supervisor, at=at,
    )  # fmt: skip
    if row is None or place:
        return int(row is not None)
    answers = _of_unit(unit, at)
    if answers is not None:
        _made(actions.answer_suggestion, suggestion_id=row.pk, decision="partly", text="已将其中三处列入下季度改造计划，其余纳入日常巡查，每月复核一次。", actor=answers, at=at)  # fmt: skip
    return 2
