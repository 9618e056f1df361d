"""Supervision orders, named owners, like matters and policy suggestions, on a real register."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.catalogue.tests.builders import an_item
from gongzhi.matters import queries as register
from gongzhi.matters.events import MatterMoved
from gongzhi.matters.models import Matter
from gongzhi.notices.models import Notice
from gongzhi.oversight import actions, queries, reactions
from gongzhi.oversight.actions import OrderSaid
from gongzhi.oversight.models import Batch, Member, Order, Ownership, Record, Suggestion
from tests.cast import IN_GRID, MONDAY, a_photo, a_town
from tests.test_moves import a_report, brought_to, do
from tests.visits import signed_in

pytestmark = pytest.mark.django_db
EVIDENCE = "井盖已更换并加固，两次复查无松动，附更换前后照片和验收单。"
LATER = MONDAY + timedelta(days=30)


def an_order(cast, *, who="sun", level=1, matter=None, at=MONDAY):
    matter = matter or brought_to(cast, "handling")[0]
    said = OrderSaid(matter.number, "leader", level, "三日内办结并报告原因")
    return actions.issue(said=said, actor=cast.actor(who), at=at)


def told(cast, name):
    rows = Notice.objects.filter(person=cast.people[name])
    return set(rows.values_list("template__code", flat=True))


def moved(matter, move, note="", actor=0, at=MONDAY):
    return MatterMoved(
        matter.id, matter.number, "incident", matter.title, move, matter.state, matter.state, note, "handler", None, None,
        None, None, is_urgent=False, actor_id=actor, at=at,
    )  # fmt: skip


# Orders


def test_an_order_binds_the_unit_that_owes_the_move_and_marks_the_matter():
    cast = a_town()
    order = an_order(cast, level=2)

    matter = Matter.objects.get(pk=order.matter_id)
    assert (order.unit_id, order.state, matter.supervised) == (cast.units["office"].id, "issued", 2)
    assert order.due_at > MONDAY
    assert "order_issued" in told(cast, "bo")
    assert register.last_facts(matter.id, "supervise")["order"] == order.number
    with pytest.raises(Refused):
        an_order(cast, matter=matter)


def test_the_unit_replies_and_somebody_else_accepts_or_returns():
    cast = a_town()
    order = an_order(cast)

    with pytest.raises((Refused, OutOfReach)):
        actions.reply(order_id=order.pk, text="替他们回复", actor=cast.actor("pol"), at=MONDAY)
    actions.reply(order_id=order.pk, text="配件已到，今天装", actor=cast.actor("bo"), at=MONDAY)
    with pytest.raises(Invalid):
        actions.return_reply(order_id=order.pk, note="", actor=cast.actor("sun"), at=MONDAY)
    back = actions.return_reply(
        order_id=order.pk, note="请附照片", actor=cast.actor("sun"), at=MONDAY
    )
    assert (back.state, back.return_count) == ("returned", 1)
    actions.reply(order_id=order.pk, text="已装好，照片已附", actor=cast.actor("bo"), at=MONDAY)
    done = actions.accept(order_id=order.pk, actor=cast.actor("sun"), at=MONDAY)

    assert (done.state, Matter.objects.get(pk=order.matter_id).supervised) == ("accepted", 0)
    deeds = [line.deed for line in queries.order_detail(cast.actor("sun"), order.pk, at=MONDAY).lines]  # fmt: skip
    assert deeds == ["accept", "reply", "return", "reply", "issue"]


def test_a_unit_does_not_review_its_own_reply():
    cast = a_town()
    matter, _code = brought_to(cast, "to_dispatch")  # the town's own centre owes it
    order = an_order(cast, matter=matter)
    actions.reply(order_id=order.pk, text="正在派遣处理", actor=cast.actor("lin"), at=MONDAY)

    with pytest.raises(Refused):
        actions.accept(order_id=order.pk, actor=cast.actor("tan"), at=MONDAY)
    assert actions.accept(order_id=order.pk, actor=cast.actor("duty"), at=MONDAY).state == "accepted"  # fmt: skip


def test_an_overdue_reply_turns_red_and_is_told_one_level_more_at_a_time():
    cast = a_town()
    order = an_order(cast)
    late = order.due_at + timedelta(minutes=1)

    assert actions.escalate(at=late) == 1
    assert actions.escalate(at=late) == 0, "the new term runs first"

    order.refresh_from_db()
    assert (order.level, order.escalations) == (2, 1)
    assert "order_overdue" in told(cast, "tan")
    assert Matter.objects.get(pk=order.matter_id).supervised == 2
    for _step in range(5):
        order.refresh_from_db()
        actions.escalate(at=order.due_at + timedelta(minutes=1))
    order.refresh_from_db()
    assert order.escalations == 3
    assert "order_overdue" in told(cast, "duty")


def test_supervision_begun_on_the_matters_page_becomes_an_order_once():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    do(cast, matter, "supervise", who="sun", reason="请加快", level="red")
    event = moved(matter, "supervise", "请加快", cast.people["sun"].id)

    reactions.follow_move(event)
    reactions.follow_move(event)

    order = Order.objects.get()
    assert (order.level, order.text, order.by_unit_id) == (2, "请加快", cast.units["city"].id)
    do(cast, matter, "end_supervision", who="sun", note="已解决")
    reactions.follow_move(moved(matter, "end_supervision", "已解决", cast.people["sun"].id))
    assert Order.objects.get().state == "withdrawn"


def test_rules_put_late_matters_under_supervision_once_for_each_lapse_and_then_red():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    Matter.objects.filter(pk=matter.pk).update(is_urgent=False)
    day_late, days_late = matter.due_at + timedelta(days=2), matter.due_at + timedelta(days=7)

    assert actions.apply_rules(at=matter.due_at + timedelta(minutes=5)) == 0
    assert actions.apply_rules(at=day_late) == 1
    assert actions.apply_rules(at=day_late) == 0
    order = Order.objects.get()
    assert (order.rule, order.level, order.by_name) == ("overdue.yellow", 1, "督办规则")
    assert actions.apply_rules(at=days_late) == 1
    order.refresh_from_db()
    assert order.level == 2
    actions.reply(order_id=order.pk, text="正在办理", actor=cast.actor("bo", days_late), at=days_late)  # fmt: skip
    actions.accept(order_id=order.pk, actor=cast.actor("sun", days_late), at=days_late)
    assert actions.apply_rules(at=days_late + timedelta(hours=1)) == 0, "it spoke about this lapse"


def test_an_urgent_matter_is_red_within_the_hour():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    assert matter.is_urgent

    assert actions.apply_rules(at=matter.due_at + timedelta(minutes=90)) == 1
    assert Order.objects.get().level == 2


def test_a_matter_worked_on_again_and_again_is_supervised_by_count():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    Matter.objects.filter(pk=matter.pk).update(rework_count=3)

    assert actions.apply_rules(at=MONDAY) == 1
    assert Order.objects.get().reason == "repeated"


def test_what_rules_ordered_ends_with_the_matter_and_what_people_ordered_does_not():
    cast = a_town()
    first, second = brought_to(cast, "handling")[0], brought_to(cast, "handling")[0]
    an_order(cast, matter=first)
    actions.apply_rules(at=second.due_at + timedelta(days=2))
    for matter in (first, second):
        do(cast, matter, "void", who="mei", reason="误报")
        reactions.follow_move(moved(matter, "void"))

    states = dict(Order.objects.values_list("matter_id", "state"))
    assert (states[first.id], states[second.id]) == ("issued", "lapsed")


def test_the_ledger_cannot_be_changed():
    cast = a_town()
    an_order(cast)

    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Record.objects.update(note="x")


# Owners


def an_owned(cast, matter=None, who="tan"):
    matter = matter or brought_to(cast, "to_close")[0]
    return actions.name_owner(
        matter_number=matter.number, owner_id=cast.people[who].id, reason="久拖未决", actor=cast.actor("sun"), at=MONDAY
    )  # fmt: skip


def test_a_matter_with_a_named_owner_is_not_closed_before_the_evidence_is_filed():
    cast = a_town()
    owned = an_owned(cast)
    matter = Matter.objects.get(pk=owned.matter_id)
    assert "owner_named" in told(cast, "tan")
    with pytest.raises(Refused):
        do(cast, matter, "close")

    tan, photo = cast.actor("tan"), a_photo(cast.actor("tan"))
    settle = {"owned_id": owned.pk, "settlement": "removed", "actor": tan, "at": MONDAY}
    for evidence, files in (("已撤回", [photo]), (EVIDENCE, [])):
        with pytest.raises(Invalid):
            actions.settle(evidence=evidence, files=files, **settle)
    done = actions.settle(evidence=EVIDENCE, files=[photo], **settle)

    assert done.state == "settled"
    assert EVIDENCE in register.timeline(matter)[0].note
    assert do(cast, matter, "close").state == "closed"


def test_an_owner_records_progress_and_is_reminded_of_the_next_step_once_a_day():
    cast = a_town()
    owned = an_owned(cast)
    next_on = (MONDAY + timedelta(days=3)).date()
    actions.advance(
        owned_id=owned.pk, stage="work", note="已约见各方", next_on=next_on, actor=cast.actor("tan"), at=MONDAY
    )  # fmt: skip
    due = MONDAY + timedelta(days=3)

    assert actions.remind_owners(at=MONDAY) == 0
    assert (actions.remind_owners(at=due), actions.remind_owners(at=due)) == (1, 0)
    assert "owner_due" in told(cast, "tan")
    with pytest.raises(OutOfReach):
        actions.advance(
            owned_id=owned.pk, stage="work", note="别人的", next_on=next_on, actor=cast.actor("bo"), at=MONDAY
        )  # fmt: skip


def test_there_is_one_owner_at_a_time_and_handing_on_keeps_what_was_done():
    cast = a_town()
    owned = an_owned(cast)

    with pytest.raises(Refused):
        an_owned(cast, matter=Matter.objects.get(pk=owned.matter_id))
    other = actions.hand_on(
        owned_id=owned.pk, owner_id=cast.people["duty"].id, reason="工作调整", actor=cast.actor("sun"), at=MONDAY
    )  # fmt: skip

    assert (Ownership.objects.get(pk=owned.pk).state, other.state) == ("released", "active")
    with pytest.raises(Invalid):
        an_owned(cast, matter=brought_to(cast, "handling")[0], who="far")


def test_open_matters_are_counted_by_age_with_the_list_behind_each_number():
    cast = a_town()
    a_report(cast, at=MONDAY - timedelta(days=45))
    a_report(cast, at=MONDAY - timedelta(days=400))
    a_report(cast)

    rows = {row.band.code: row for row in queries.ageing(cast.actor("sun"), at=MONDAY)}

    assert {code: row.count for code, row in rows.items() if row.count} == {"d30": 1, "d365": 1}
    page, listed = register.oldest_open(cast.actor("sun"), by=rows["d30"].by, at=MONDAY)
    assert (len(page.rows), len(listed)) == (1, 1)


# Like matters


def alike(cast, count=3, **changes):
    return [a_report(cast, **changes).matter for _n in range(count)]


def test_the_register_finds_what_is_alike_and_a_person_confirms():
    cast = a_town()
    matters = alike(cast)
    a_report(cast, item_id=an_item(code="E0102", name="乱堆放", number="02", anonymous_allowed=True, questions=()).id)  # fmt: skip
    lin = cast.actor("lin")

    for cause in ("item", "place"):
        groups, least, _days = queries.suggested_groups(lin, cause=cause, at=MONDAY)
        assert least == 3
        assert {m.id for m in matters} <= set(groups[0].ids)
    batch = actions.gather(
        title="井盖破损", cause="item", numbers=[m.number for m in matters], actor=lin, at=MONDAY
    )

    assert batch.area_path.startswith("441900/004/012/")
    assert queries.suggested_groups(lin, cause="item", at=MONDAY)[0] == []
    with pytest.raises(Invalid):
        actions.gather(title="又一批", cause="item", numbers=[m.number for m in matters], actor=lin, at=MONDAY)  # fmt: skip
    with pytest.raises(Invalid):
        actions.gather(title="太少", cause="item", numbers=[a_report(cast).matter.number], actor=lin, at=MONDAY)  # fmt: skip


def test_matters_about_the_same_premises_are_alike_by_respondent():
    cast = a_town()
    matters = alike(cast, premises_code="ORG-1")

    groups, _least, _days = queries.suggested_groups(cast.actor("lin"), cause="respondent", at=MONDAY)  # fmt: skip

    assert [set(g.ids) for g in groups] == [{m.id for m in matters}]


def a_batch(cast, matters, who="tan"):
    return actions.gather(
        title="井盖破损", cause="item", numbers=[m.number for m in matters], actor=cast.actor(who), at=MONDAY
    )  # fmt: skip


def test_one_answer_closes_each_matter_or_says_why_it_could_not():
    cast = a_town()
    ready = [brought_to(cast, "to_close")[0] for _n in range(2)]
    other = brought_to(cast, "handling")[0]
    batch = a_batch(cast, [*ready, other])

    outcomes = actions.answer(
        batch_id=batch.pk, text="全市统一更换同型号井盖", move="close", actor=cast.actor("tan"), at=MONDAY
    )  # fmt: skip

    assert [bool(o.problem) for o in outcomes] == [False, False, True]
    assert set(Matter.objects.filter(pk__in=[m.pk for m in ready]).values_list("state", flat=True)) == {"closed"}  # fmt: skip
    batch.refresh_from_db()
    assert batch.state == "open"
    assert Member.objects.get(matter=other).problem
    assert register.last_facts(ready[0].id, "close")["batch"] == "井盖破损"
    again = actions.answer(
        batch_id=batch.pk,
        text="全市统一更换同型号井盖",
        move="",
        actor=cast.actor("tan"),
        at=MONDAY,
    )
    batch.refresh_from_db()
    assert ([o.problem for o in again], batch.state) == ([""], "answered")


def test_a_matter_is_taken_out_until_it_is_answered_and_a_batch_dissolved():
    cast = a_town()
    matters = alike(cast, 4)
    batch = a_batch(cast, matters)
    tan, first = cast.actor("tan"), batch.members.order_by("id").first()

    actions.remove(batch_id=batch.pk, member_id=first.pk, actor=tan, at=MONDAY)
    assert batch.members.filter(removed_at=None).count() == 3
    actions.add(batch_id=batch.pk, numbers=[matters[0].number], actor=tan, at=MONDAY)
    actions.dissolve(batch_id=batch.pk, note="并非同因", actor=tan, at=MONDAY)

    assert Batch.objects.get().state == "dissolved"
    assert not batch.members.filter(removed_at=None).exists()
    with pytest.raises(Refused):
        actions.answer(batch_id=batch.pk, text="答复", move="", actor=tan, at=MONDAY)


def test_a_suggestion_rests_on_enough_like_matters_and_the_department_must_answer():
    cast = a_town()
    few, enough = a_batch(cast, alike(cast, 3)), a_batch(cast, alike(cast, 5))
    sun, water = cast.actor("sun"), cast.units["office"].id
    said = {"title": "更换老旧井盖", "text": "同型号井盖五年以上的应当成批更换", "unit_id": water, "actor": sun, "at": MONDAY}  # fmt: skip
    with pytest.raises(Refused):
        actions.suggest(batch_id=few.pk, **said)

    row = actions.suggest(batch_id=enough.pk, **said)

    assert (row.count, "suggestion_raised" in told(cast, "bo")) == (5, True)
    with pytest.raises(OutOfReach):
        actions.answer_suggestion(suggestion_id=row.pk, decision="adopted", text="同意照办，下月开始", actor=cast.actor("pol"), at=MONDAY)  # fmt: skip
    with pytest.raises(Invalid):
        actions.answer_suggestion(suggestion_id=row.pk, decision="refused", text="不行", actor=cast.actor("lead"), at=MONDAY)  # fmt: skip
    late = row.due_at + timedelta(minutes=1)
    assert (actions.remind_departments(at=late), actions.remind_departments(at=late)) == (1, 0)
    done = actions.answer_suggestion(
        suggestion_id=row.pk, decision="partly", text="先换主干道，其余列入明年计划", actor=cast.actor("lead"), at=late
    )  # fmt: skip
    assert (done.state, "suggestion_answered" in told(cast, "sun")) == ("partly", True)


# Rules as data


def test_a_rule_changes_from_a_day_on_and_can_be_switched_off():
    cast = a_town()
    sun, day = cast.actor("sun"), MONDAY.date()
    said = {"code": "overdue.yellow", "valid_from": day, "source": "市府办〔2026〕1号", "actor": sun, "at": MONDAY}  # fmt: skip

    actions.set_rule(amount=2, is_on="yes", **said)
    assert {r.code: r.amount for r in queries.order_rules_in_force(on=day)}["overdue.yellow"] == 2
    assert {r.code: r.amount for r in queries.order_rules_in_force(on=day - timedelta(days=1))}["overdue.yellow"] == 1  # fmt: skip
    actions.set_rule(amount=2, is_on="no", **said)
    assert "overdue.yellow" not in {r.code for r in queries.order_rules_in_force(on=day)}
    actions.set_norm(code="batch.least", amount=4, valid_from=day, source="市府办〔2026〕1号", actor=sun, at=MONDAY)  # fmt: skip
    assert queries.norm("batch.least", on=day) == 4
    with pytest.raises(OutOfReach):
        actions.set_norm(code="batch.least", amount=1, valid_from=day, source="镇里", actor=cast.actor("tan"), at=MONDAY)  # fmt: skip


# Pages


def test_every_page_of_the_desk_shows_what_there_is():
    cast = a_town()
    order, owned = an_order(cast), an_owned(cast)
    batch = a_batch(cast, alike(cast, 5))
    row = actions.suggest(batch_id=batch.pk, title="更换老旧井盖", text="同型号井盖应当成批更换", unit_id=cast.units["office"].id, actor=cast.actor("sun"), at=MONDAY)  # fmt: skip
    sun = signed_in("sun")

    for page, words in {
        "": "督办", "/orders": order.number, f"/orders/{order.pk}": "督办通知单",
        "/orders.csv": order.number, "/orders/new": "督办", "/urged": "催办", "/held": "挂账", "/held?nature=extension": "延期",
        "/ageing": "积案", "/ageing.csv": "", "/held.csv": "", "/urged.xlsx": "", "/owners": owned.matter_number, f"/owners/{owned.pk}": "久拖未决",
        "/owners.csv": owned.matter_number, f"/owners/new?matter={owned.matter_number}": "包案", "/batches": "井盖破损",
        "/batches/found": "同类", f"/batches/{batch.pk}": "井盖破损", f"/batches/{batch.pk}.csv": "", "/batches/new": "编号",
        f"/batches/{batch.pk}/suggest": "建议", "/suggestions": "更换老旧井盖", f"/suggestions/{row.pk}": "成批更换",
        "/suggestions.csv": "更换老旧井盖", "/rules": "黄牌",
    }.items():  # fmt: skip
        answer = sun.get(f"/desk/oversight{page}")
        assert answer.status_code == 200, page
        assert words in b"".join(answer).decode(errors="replace"), page
    shown = sun.get(f"/desk/matters/{order.matter_number}").content.decode()
    assert order.number in shown
    for page in ("/desk/level", "/desk/level/transfers", "/desk/level/transfers?way=sent", "/desk/level/objections", "/desk/level/transfers.csv", "/desk/level/objections.xlsx"):  # fmt: skip
        assert signed_in("disp").get(page).status_code == 200, page


def test_orders_are_issued_answered_and_ended_from_their_pages():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    sun, bo = signed_in("sun"), signed_in("bo")

    wrong = sun.post("/desk/oversight/orders/new", {"matter_number": "1", "reason": "leader", "level": "1", "text": "请加快"})  # fmt: skip
    made = sun.post("/desk/oversight/orders/new", {"matter_number": matter.number, "reason": "leader", "level": "1", "text": "请加快办理"})  # fmt: skip
    order = Order.objects.get()
    assert (wrong.status_code, made.status_code) == (422, 302)
    assert bo.post(f"/desk/oversight/orders/{order.pk}/reply", {"text": ""}).status_code == 422
    assert bo.post(f"/desk/oversight/orders/{order.pk}/reply", {"text": "今天完成"}).status_code == 302  # fmt: skip
    assert bo.post(f"/desk/oversight/orders/{order.pk}/accept", {}).status_code == 404
    assert sun.post(f"/desk/oversight/orders/{order.pk}/accept", {"note": "可以"}).status_code == 302  # fmt: skip
    assert sun.post(f"/desk/oversight/orders/{order.pk}/nonsense", {}).status_code == 404
    assert Order.objects.get().state == "accepted"


def test_a_long_list_of_orders_costs_few_statements():
    cast = a_town()
    for _n in range(4):
        an_order(cast)
    sun = signed_in("sun")
    sun.get("/desk/oversight/orders")

    with CaptureQueriesContext(connection) as asked:
        answer = sun.get("/desk/oversight/orders")

    assert answer.content.decode().count("DB26-") >= 4
    assert len(asked) <= 9, [query["sql"][:90] for query in asked]


def test_nobody_of_another_unit_sees_an_order():
    cast = a_town()
    order = an_order(cast)

    with pytest.raises(OutOfReach):
        queries.order_detail(cast.actor("pol"), order.pk, at=MONDAY)
    assert signed_in("pol").get(f"/desk/oversight/orders/{order.pk}").status_code == 404
    assert not queries.orders_page(cast.actor("pol"), by=queries.OrderFilter(), at=MONDAY)[1]
    assert Suggestion.objects.count() == 0
    assert IN_GRID
