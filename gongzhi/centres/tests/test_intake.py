"""One registration at every door, triage with reasons, hand-overs, the ledger, campaigns."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongzhi.base.actor import ANONYMOUS, Actor, Grant
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import Finding, Handover, Major, Part, Registration
from gongzhi.centres.tests.builders import House, a_house, said
from gongzhi.disputes import queries as disputes
from gongzhi.disputes.tests.builders import APPLICANT, RESPONDENT
from gongzhi.matters import queries as matters
from tests.cast import MONDAY, TOWN, VILLAGE

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def house() -> House:
    return a_house()


def register(house: House, **changes: object) -> Registration:
    return actions.register(said=said(**changes), actor=house.clerk, at=MONDAY)


def test_a_leak_is_registered_once_with_the_kind_its_words_suggest_and_no_name_beside_it(house):
    row = actions.register(said=said(), actor=house.clerk, at=MONDAY, key="counter:1")
    again = actions.register(said=said(), actor=house.clerk, at=MONDAY + HOUR, key="counter:1")

    assert again.pk == row.pk
    assert disputes.dispute(row.matter_id).kind_code == "neighbour.water"
    assert "漏水" in row.suggested["kinds"][0]["words"]
    assert "陈甲" not in f"{row.suggested} {row.matter.title} {row.grounds}"
    assert row.matter.state == "to_triage"


def test_the_answers_grade_it_and_what_is_heavy_goes_on_the_ledger_by_itself(house):
    wages = said(
        story="工地拖欠工资", people_count=35, amount=Decimal(700_000), answers={"people": "35"}
    )
    row = actions.register(said=wages, actor=house.clerk, at=MONDAY)
    light = register(house)

    [major] = Major.objects.all()
    assert (row.grade, row.grounds) == ("major", ["people_30"])
    assert (major.matter_id, major.level, major.stage) == (row.matter_id, 1, "registered")
    assert light.grade == "simple"


def test_a_referral_needs_the_number_it_has_at_the_other_office(house):
    with pytest.raises(Invalid) as told:
        register(house, door="court")

    assert list(told.value.problems) == ["outside_number"]
    row = register(house, door="court", outside_number="(2026)粤1971诉前调8号")
    assert disputes.dispute(row.matter_id).referred_by == "court"
    assert row.matter.outside_number == "(2026)粤1971诉前调8号"


def test_staff_take_in_only_where_they_work_and_anybody_may_apply(house):
    stranger = house.only(Can.TAKE_IN, area="441900/005/")
    with pytest.raises(OutOfReach):
        actions.register(said=said(), actor=stranger, at=MONDAY)

    assert (
        actions.register(said=said(door="web", area_path=TOWN), actor=ANONYMOUS, at=MONDAY).door
        == "web"
    )


def test_who_sweeps_or_hands_over_elsewhere_takes_nothing_in_here(house):
    elsewhere = "441900/009/"
    for can in (Can.SWEEP, Can.HAND_OVER):
        with pytest.raises(OutOfReach):
            actions.register(said=said(), actor=house.only(can, area=elsewhere), at=MONDAY)
        assert actions.register(said=said(), actor=house.only(can), at=MONDAY).pk


def test_what_is_not_for_mediation_is_registered_and_told_its_route(house):
    row = register(house, story="丈夫家暴，现在躲在邻居家", kind_code="family.violence")

    [warning] = row.suggested["warnings"]
    assert (warning["code"], warning["phone"], warning["is_urgent"]) == ("violence", "110", True)
    seen = queries.triage(house.clerk, row.matter.number, at=MONDAY)
    actions.decline(
        number=row.matter.number, reason="需公安处置", routes=["suit"], actor=house.clerk, at=MONDAY, version=seen.version
    )  # fmt: skip
    assert matters.standing(row.matter_id).state == "not_accepted"


def accept(house: House, row: Registration) -> None:
    seen = queries.triage(house.clerk, row.matter.number, at=MONDAY)
    actions.triage(
        number=row.matter.number, kind_code=seen.kind_code, body_id=seen.bodies[0].id, settle_level="town",
        grade=seen.grade, actor=house.clerk, at=MONDAY, version=seen.version,
    )  # fmt: skip


def at_once(house: House, row: Registration, **changes: object) -> None:
    seen = queries.triage(house.clerk, row.matter.number, at=MONDAY)
    ids = [side.id for side in seen.sides]
    asked = actions.AtOnce(dict.fromkeys(ids, True), ids, [seen.mediators[0][0]], "sides")
    actions.appoint_at_once(
        number=row.matter.number, said=replace(asked, **changes), actor=house.clerk, at=MONDAY
    )


def test_three_deeds_lead_from_the_counter_to_a_mediator(house):
    row = register(house)
    assert queries.triage(house.clerk, row.matter.number, at=MONDAY).bodies[0].why
    accept(house, row)
    at_once(house, row)

    assert matters.standing(row.matter_id).state == "mediating"
    assert disputes.answers_for_papers(row.matter_id)["mediators"] == ["何静"]


def test_without_the_will_or_the_signature_of_a_side_nothing_is_kept(house):
    row = register(house)
    accept(house, row)
    first = queries.triage(house.clerk, row.matter.number, at=MONDAY).sides[0].id

    for changes in ({"answers": {first: True}}, {"signed": [first]}):
        with pytest.raises(Refused):
            at_once(house, row, **changes)

    assert matters.standing(row.matter_id).state == "to_consent"
    assert all(
        side.answer is None
        for side in queries.triage(house.clerk, row.matter.number, at=MONDAY).sides
    )


def test_a_story_too_long_or_empty_or_of_no_known_kind_is_told(house):
    for changes, field in (
        ({"story": " "}, "story"), ({"story": "漏水" * 4000}, "story"), ({"story": "说不清楚"}, "kind_code"),
        ({"door": "pigeon"}, "door"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as told:
            register(house, **changes)
        assert list(told.value.problems) == [field]


def handed(**changes: object) -> actions.Handed:
    base = actions.Handed(
        "110",
        "J2026112300017",
        is_police=False,
        is_urgent=False,
        said=said(door="110", outside_number="J2026112300017"),
    )
    return replace(base, **changes)


def test_110_hands_over_what_is_neither_police_nor_urgent_and_once(house):
    gateway = house.only(Can.HAND_OVER, area="")
    row, is_new = actions.take_over(handed=handed(), actor=gateway, at=MONDAY)
    again, is_new_again = actions.take_over(handed=handed(), actor=gateway, at=MONDAY + HOUR)

    assert (row.decision, is_new, is_new_again, again.pk) == ("taken", True, False, row.pk)
    assert row.matter.outside_number == "J2026112300017"
    with pytest.raises(Refused, match="内容不同"):
        actions.take_over(
            handed=handed(said=said(door="110", story="别的")), actor=gateway, at=MONDAY
        )


@pytest.mark.parametrize(("is_police", "is_urgent"), [(True, False), (False, True), (True, True)])
def test_the_rest_is_refused_with_the_lawful_way_and_stays_on_record(house, is_police, is_urgent):
    asked = handed(is_police=is_police, is_urgent=is_urgent)
    row, _is_new = actions.take_over(
        handed=asked, actor=house.only(Can.HAND_OVER, area=""), at=MONDAY
    )

    assert (row.decision, row.matter) == ("refused", None)
    assert "公安" in row.why
    assert Handover.objects.count() == 1
    assert not Registration.objects.exists()


def test_the_ledger_wants_an_owner_a_next_step_and_evidence(house):
    row = register(house, answers={"dead": "1"})
    [major] = Major.objects.all()
    clerk, tan = house.clerk, house.cast.people["tan"].pk

    actions.name_owner(major_id=major.pk, owner_id=tan, actor=clerk, at=MONDAY)
    actions.advance(
        major_id=major.pk, stage="settling", words="会商一次", next_step="上门", next_on=date(2026, 11, 25), actor=clerk, at=MONDAY
    )  # fmt: skip
    actions.help_with(
        major_id=major.pk, unit_ids=[house.cast.units["office"].pk], actor=clerk, at=MONDAY
    )
    with pytest.raises(Refused, match="尚未办结"):
        actions.end(major_id=major.pk, evidence="协议已经履行", actor=clerk, at=MONDAY)

    seen = queries.major(clerk, row.matter.number, on=date(2026, 11, 26))
    assert (seen.row.major.owner_name, seen.row.is_due, len(seen.lines)) == ("Tan", True, 4)
    assert queries.major_counts(clerk, on=date(2026, 11, 24)) == {
        "open": 1,
        "due": 0,
        "unowned": 0,
        "ended": 0,
    }
    helper = house.only(Can.LEDGER, unit="office")
    assert queries.major(helper, row.matter.number, on=MONDAY.date()).helpers == ["水务局南城分局"]

    actions.help_with(major_id=major.pk, unit_ids=[house.cast.units["station"].pk], actor=clerk, at=MONDAY)  # fmt: skip
    major.refresh_from_db()
    assert house.cast.units["station"].pk in major.unit_ids
    assert house.cast.units["office"].pk not in major.unit_ids  # helps no more, reads no more


def test_a_dispute_is_entered_by_hand_with_a_reason_and_once(house):
    number = register(house).matter.number
    entry = {"number": number, "grade": "major", "level": 1, "actor": house.clerk, "at": MONDAY}
    with pytest.raises(Invalid):
        actions.enter(reason="", **entry)
    actions.enter(reason="涉及学校周边，关注度高", **entry)

    with pytest.raises(Refused, match="已在台账"):
        actions.enter(reason="再次", **entry)


def a_campaign(house: House) -> Part:
    draft = actions.CampaignDraft(
        "节前欠薪排查", "wages", "逐户排查在建工地。", date(2026, 11, 20), date(2026, 12, 20), [house.cast.units["station"].pk], 20
    )  # fmt: skip
    row = actions.make_campaign(centre=house.centre, draft=draft, actor=house.clerk, at=MONDAY)
    actions.begin(campaign_id=row.pk, actor=house.clerk, at=MONDAY)
    return row.parts.get()


def test_what_a_campaign_finds_becomes_a_dispute_or_is_settled_and_its_effect_is_followed(house):
    part, clerk = a_campaign(house), house.clerk
    actions.report_part(part_id=part.pk, checked=8, note="", actor=clerk, at=MONDAY)
    found = [
        actions.note_finding(
            part_id=part.pk,
            line="W1",
            address=f"胜和路 {n} 号",
            words="拖欠两个月工资",
            actor=clerk,
            at=MONDAY,
        )
        for n in range(2)
    ]
    sides = [replace(APPLICANT), replace(RESPONDENT, nature="organisation", name="某建筑公司")]
    made = actions.make_dispute(
        finding_id=found[0].pk, sides=sides, wish="支付工资", actor=clerk, at=MONDAY
    )
    with pytest.raises(Refused, match="既未化解"):
        actions.end_campaign(
            campaign_id=part.campaign_id, result="发现两处欠薪", actor=clerk, at=MONDAY
        )
    actions.settle_finding(finding_id=found[1].pk, how="当场补发", actor=clerk, at=MONDAY)
    actions.end_campaign(
        campaign_id=part.campaign_id, result="发现两处，均已处理", actor=clerk, at=MONDAY
    )

    effect = queries.campaign(clerk, part.campaign_id, on=MONDAY.date()).row.effect
    assert (
        effect.checked,
        effect.found,
        effect.settled_on_the_spot,
        effect.disputes,
        effect.open,
    ) == (8, 2, 1, 1, 1)
    assert disputes.dispute(made.matter_id).kind_code == "labour.wages"
    assert disputes.dispute(made.matter_id).basis == "initiative"
    assert Finding.objects.filter(matter__isnull=False).count() == 1


def test_a_unit_reads_what_it_found_itself_and_the_centre_reads_all(house):
    units = [house.cast.units[name].pk for name in ("station", "office")]
    draft = actions.CampaignDraft("节前欠薪排查", "wages", "逐户排查。", date(2026, 11, 20), date(2026, 12, 20), units, 20)  # fmt: skip
    row = actions.make_campaign(centre=house.centre, draft=draft, actor=house.clerk, at=MONDAY)
    actions.begin(campaign_id=row.pk, actor=house.clerk, at=MONDAY)
    for part in row.parts.all():
        actions.note_finding(part_id=part.pk, line="W1", address=f"第 {part.unit_id} 处", words="拖欠工资", actor=house.clerk, at=MONDAY)  # fmt: skip
    station = house.cast.units["station"].pk
    unit = Actor(77, "站", (Grant(frozenset({str(Can.SWEEP)}), unit=station),))

    def read_by(actor):
        seen = queries.campaign(actor, row.pk, on=MONDAY.date())
        _page, found = queries.findings_page(seen, text="")
        assert len(list(queries.findings_table(seen))) == len(found)
        return {one.finding.part.unit_id for one in found}

    assert read_by(unit) == {station}
    assert read_by(house.clerk) == set(units)


def test_a_unit_does_its_own_part_alone_and_the_number_looked_at_never_falls(house):
    part = a_campaign(house)
    other = house.only(Can.SWEEP, area="441900/005/")
    with pytest.raises(OutOfReach):
        actions.report_part(part_id=part.pk, checked=3, note="", actor=other, at=MONDAY)
    own = house.only(Can.SWEEP, area=VILLAGE, unit="station")
    actions.report_part(part_id=part.pk, checked=3, note="", actor=own, at=MONDAY)

    with pytest.raises(Invalid):
        actions.report_part(part_id=part.pk, checked=2, note="", actor=own, at=MONDAY)


def test_the_lists_cost_the_same_however_long_they_are(house, django_assert_max_num_queries):
    for _n in range(3):
        register(house)
    by = {"door": "", "grade": "", "text": ""}
    with django_assert_max_num_queries(3):
        _page, rows = queries.registrations_page(house.clerk, house.centre, **by)
    assert len(rows) == 3
    with django_assert_max_num_queries(4):
        found = queries.majors(
            house.clerk, state="open", level=None, grade="", text="", on=MONDAY.date()
        )
        queries.majors_page(found, sort="", on=MONDAY.date())
