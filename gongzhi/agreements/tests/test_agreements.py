"""From the first draft to the last instalment, on a real dispute; and what stands in the way."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps

from gongzhi.agreements import actions, clients, queries, reactions
from gongzhi.agreements.events import AgreementSealed
from gongzhi.agreements.models import Due, Signature, Version
from gongzhi.agreements.tests.builders import (
    DRAWING,
    PAY,
    REPAIR,
    a_table,
    in_force,
    offered,
    signs,
    some_terms,
)
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.secrets import encrypt
from gongzhi.disputes import actions as disputing
from gongzhi.disputes import queries as disputes
from gongzhi.disputes.tests.builders import all_agree, all_sign_the_notice, make_move
from gongzhi.notices import actions as notices
from gongzhi.talks.events import OfferAccepted
from tests.cast import MONDAY, a_photo, a_town

Party = apps.get_model("disputes", "Party")
Delivery = apps.get_model("notices", "Delivery")
Notice = apps.get_model("notices", "Notice")

pytestmark = pytest.mark.django_db


def table(**said):
    return a_table(a_town().units["station"], at=MONDAY, **said)


def save(held, base, **said):
    return actions.save(matter_id=held.id, terms=some_terms(**said), base=base, actor=held.actor("mediator"), at=MONDAY)  # fmt: skip


def test_signed_by_all_and_sealed_it_is_in_force_and_the_dispute_goes_on():
    held = table()

    row = in_force(held)

    held.dispute.refresh_from_db()
    assert (row.state, row.effective_at) == ("effective", MONDAY)
    assert (held.dispute.matter.state, held.dispute.outcome) == ("performing", "written")
    assert held.dispute.effective_at == MONDAY
    assert row.number == "〔2026〕胜和社区人民调解委员会人调字第0001号"
    assert (row.open_dues, row.next_due_on) == (3, date(2026, 12, 10))
    assert queries.seen(held.id, at=MONDAY).confirm_until == date(2026, 12, 23)


def test_no_seal_before_everybody_has_signed():
    held = table()
    offered(held)
    signs(held, 0)

    with pytest.raises(Refused, match="李乙"):
        actions.seal(matter_id=held.id, uploads=[], actor=held.actor("clerk"), at=MONDAY)
    signs(held, 1)
    with pytest.raises(Refused):
        actions.seal(matter_id=held.id, uploads=[], actor=held.actor("clerk"), at=MONDAY)


def test_who_keeps_second_sees_what_the_first_changed_and_loses_nothing():
    held = table()
    save(held, 0)
    first = save(held, 1, closing="第一人写的")

    with pytest.raises(actions.Outdated) as told:
        save(held, 1, closing="第二人写的", obligations=[PAY])

    assert told.value.newest == first
    assert [(one.place, one.after) for one in told.value.changed] == [("closing", "第一人写的")]
    kept = save(held, 2, closing="第二人写的", obligations=[PAY])
    assert kept.number == 3
    assert Version.objects.filter(agreement_id=held.id).count() == 3
    back = actions.restore(matter_id=held.id, number=2, actor=held.actor("mediator"), at=MONDAY)
    assert queries.terms_of(back).closing == "第一人写的"


def test_the_clerk_writes_but_the_mediator_offers():
    held = table()
    kept = actions.save(matter_id=held.id, terms=some_terms(), base=0, actor=held.actor("clerk"), at=MONDAY)  # fmt: skip

    with pytest.raises(Refused, match="调解员"):
        actions.offer(matter_id=held.id, version=kept.number, actor=held.actor("clerk"), at=MONDAY)
    offer = actions.offer(matter_id=held.id, version=kept.number, actor=held.actor("mediator"), at=MONDAY)  # fmt: skip

    assert offer.state == "signing"


def test_the_same_terms_again_make_no_version():
    held = table()

    assert save(held, 0) == save(held, 0)


def test_the_second_writer_is_told_who_is_writing():
    held = table()
    save(held, 0)
    said = {"matter_id": held.id, "at": MONDAY}

    assert actions.announce_editing(actor=held.actor("mediator"), **said) == ""
    assert actions.announce_editing(actor=held.actor("clerk"), **said) == "何静"
    assert actions.announce_editing(actor=held.actor("clerk"), matter_id=held.id, at=MONDAY + timedelta(minutes=4)) == ""  # fmt: skip


def test_what_does_not_add_up_is_not_offered():
    held = table()
    kept = save(held, 0, obligations=[PAY | {"amount": "3500.00"}])

    with pytest.raises(Refused, match="相差"):
        actions.offer(matter_id=held.id, version=kept.number, actor=held.actor("mediator"), at=MONDAY)  # fmt: skip


def test_a_dead_link_goes_on_where_it_ended_and_signs_once():
    held = table()
    offered(held)
    said = {"matter_id": held.id, "seq": 0, "at": MONDAY}
    assert queries.to_sign(held.id, 0, at=MONDAY).step == "read"
    actions.note_read(**said)
    assert queries.to_sign(held.id, 0, at=MONDAY).step == "declare"
    with pytest.raises(Invalid):
        actions.declare(words="同意", **said)
    actions.declare(words="我已阅读并理解协议全文 自愿签署", **said)
    assert queries.to_sign(held.id, 0, at=MONDAY).step == "draw"

    first, again = (actions.sign_drawn(drawing=DRAWING, **said) for _try in range(2))

    assert first == again
    assert queries.to_sign(held.id, 0, at=MONDAY).signature == first
    assert queries.receipt(first.receipt).digest == held.row.digest


def test_a_text_taken_back_voids_its_signatures_and_is_read_anew():
    held = table()
    offered(held)
    signed = signs(held, 0)
    actions.note_read(matter_id=held.id, seq=1, at=MONDAY)

    actions.take_back(matter_id=held.id, reason="金额写错", actor=held.actor("mediator"), at=MONDAY)
    kept = save(held, 1, obligations=[PAY])
    actions.offer(matter_id=held.id, version=kept.number, actor=held.actor("mediator"), at=MONDAY)

    assert queries.receipt(signed.receipt).is_void
    seen = queries.to_sign(held.id, 1, at=MONDAY)
    assert (seen.step, seen.was_changed) == ("read", True)
    with pytest.raises(Refused):
        actions.declare(matter_id=held.id, seq=1, words="我已阅读并理解协议全文，自愿签署", at=MONDAY)  # fmt: skip
    assert held.row.serial == 1


def test_on_paper_a_scan_is_the_proof():
    held = table()
    offered(held)
    clerk = held.actor("clerk")
    said = {"matter_id": held.id, "seq": 0, "actor": clerk, "at": MONDAY}

    with pytest.raises(Invalid):
        actions.sign_on_paper(uploads=[], **said)
    signed = actions.sign_on_paper(uploads=[a_photo(clerk)], **said)

    assert signed.how == "paper"
    with pytest.raises(Refused):
        actions.sign_on_paper(uploads=[a_photo(clerk)], **said)


def test_a_minor_does_not_sign_alone():
    held = table()
    Party.objects.filter(dispute=held.dispute, seq=1).update(is_minor=True)
    mother = Party.objects.create(dispute=held.dispute, seq=2, side="respondent", name="王丁", code="GUARDIAN", capacity="guardian", represents=Party.objects.get(dispute=held.dispute, seq=1))  # fmt: skip
    offered(held)

    with pytest.raises(Refused):
        signs(held, 1)
    signs(held, mother.seq)

    assert [who.seq for who in queries.seen(held.id, at=MONDAY).missing] == [0]


def test_only_a_mediator_of_the_dispute_signs_as_mediator():
    held = table()
    offered(held)

    with pytest.raises(OutOfReach):
        actions.sign_as_mediator(matter_id=held.id, drawing=DRAWING, actor=held.actor("clerk"), at=MONDAY)  # fmt: skip


def test_the_plain_move_waits_for_the_seal():
    held = table()
    offered(held)

    with pytest.raises(Refused):
        make_move(held.dispute, "take_effect", actor=held.everybody, at=MONDAY)


def test_while_a_text_is_being_signed_its_parties_stay_as_they_are():
    held = table()
    third = disputing.Side(side="third", name="王丙", phone="13800000003")
    make_move(
        held.dispute, "add_party", actor=held.everybody, at=MONDAY, told=third, reason="共有人"
    )
    all_agree(held.dispute, "mediation", actor=held.everybody, at=MONDAY)
    all_sign_the_notice(held.dispute, actor=held.everybody, at=MONDAY)
    offered(held)
    first, *_others = disputing.as_told(disputes.parties(held.id))

    def change(move, **values):
        make_move(held.dispute, move, actor=held.everybody, at=MONDAY, reason="后来得知", **values)

    for move_back in (False, True):  # also at the table: the text is still out for signing
        if move_back:
            change("talk_again")
            with pytest.raises(Refused, match="退回"):
                change("add_party", told=replace(third, name="赵丁", phone="13800000004"))
            with pytest.raises(Refused, match="退回"):
                change("party_leaves", party=2)
        with pytest.raises(Refused, match="退回"):
            change("put_right_party", party=0, told=replace(first, address="胜和路2号"))
    change("put_right_party", party=0, told=replace(first, phone="13900000009"))
    assert [one.name for one in disputes.parties(held.id)] == ["陈甲", "李乙", "王丙"]

    actions.take_back(
        matter_id=held.id, reason="当事人变动", actor=held.actor("mediator"), at=MONDAY
    )
    change("party_leaves", party=2)
    assert [one.seq for one in disputes.parties(held.id)] == [0, 1]


def test_a_stranger_finds_no_agreement():
    held = table()
    save(held, 0)

    with pytest.raises(OutOfReach):
        actions.save(matter_id=held.id, terms=some_terms(), base=1, actor=Actor(99, "x"), at=MONDAY)
    assert not queries.agreements(Actor(99, "x"), box="all", on=MONDAY.date()).exists()


def test_a_certificate_service_certifies_the_digest(settings, tmp_path):
    settings.FIELD_KEY_FILE = tmp_path / "field.keys"
    settings.AGREEMENT_CERTIFICATES = "gongzhi.agreements.clients.LocalCertificates"

    held = table()
    sealed = in_force(held)
    event = AgreementSealed(held.id, sealed.number, is_partial=False, at=MONDAY)
    assert (sealed.state, sealed.certificate, bool(sealed.receipt)) == ("effective", {}, True)

    reactions.certify(event)
    row = held.row
    reactions.certify(event)

    service = clients.certificate_service()
    assert held.row.certificate == row.certificate
    assert service.verify(digest=row.digest, certificate=row.certificate)
    assert not service.verify(digest="0" * 64, certificate=row.certificate)


class NoService:
    """A service that is away."""

    def certify(self, *, digest, at):
        raise OSError("away")


def test_a_certificate_service_that_is_away_holds_no_seal_up(settings):
    settings.AGREEMENT_CERTIFICATES = f"{__name__}.NoService"
    held = table()

    row = in_force(held)

    assert (row.state, held.row.certificate) == ("effective", {})
    with pytest.raises(OSError, match="away"):  # the queue asks again
        actions.certify(matter_id=held.id)


def note(held, due, **said):
    values = {"state": "done", "on": MONDAY.date(), "amount": due.amount} | said
    return actions.note_due(matter_id=held.id, due_id=due.pk, actor=held.actor("clerk"), at=MONDAY, **values)  # fmt: skip


def test_what_is_performed_is_noted_with_proof_and_can_be_taken_back():
    held = table()
    in_force(held)
    first, second, third = Due.objects.filter(agreement_id=held.id).order_by("clause", "part")

    note(held, first, uploads=[a_photo(held.actor("clerk"))])
    with pytest.raises(Invalid):
        note(held, second, amount=Decimal(5))
    with pytest.raises(Invalid):
        note(held, second, on=MONDAY.date() + timedelta(days=1))
    with pytest.raises(Refused):
        note(held, first)
    note(held, third, state="excused", note="申请人书面免除")

    assert (held.row.open_dues, held.row.next_due_on) == (1, date(2027, 1, 10))
    actions.reopen_due(matter_id=held.id, due_id=third.pk, actor=held.actor("clerk"), at=MONDAY)
    assert held.row.open_dues == 2


def test_sides_are_reminded_once_before_and_the_body_once_after_the_day():
    notices.load_templates()
    held = table()
    in_force(held)

    soon = MONDAY + timedelta(days=14)
    assert [actions.remind(at=soon), actions.remind(at=soon)] == [1, 0]
    assert Delivery.objects.filter(channel="sms").count() == 1
    late = MONDAY + timedelta(days=18)
    assert [actions.remind(at=late), actions.remind(at=late)] == [1, 0]

    told = set(Notice.objects.filter(person=held.clerk).values_list("template__code", flat=True))
    assert told == {"agreement_due", "agreement_late"}
    _page, rows = queries.agreements_page(held.actor("clerk"), box="late", text="", order="due", on=late.date())  # fmt: skip
    assert [one.days for one in rows] == [-1]
    assert {one.code for one in queries.seen(held.id, at=late).routes} == {"confirm", "payment_order", "notary", "suit"}  # fmt: skip


def test_a_telephone_that_others_read_gets_no_reminder_and_an_unsafe_channel_none_at_all():
    notices.load_templates()
    held = table()
    in_force(held)
    debtor = disputes.parties(held.id)[1]
    apps.get_model("talks", "PhoneCare").objects.create(party=debtor, is_shared=True, set_by=1, set_at=MONDAY)  # fmt: skip

    soon = MONDAY + timedelta(days=14)
    assert actions.remind(at=soon) == 1
    assert not Delivery.objects.filter(channel="sms").exists()

    apps.get_model("talks", "PhoneCare").objects.all().delete()
    plan = {"dispute_id": held.id, "signs": [], "is_hiding": True, "opened_by": 1, "opened_by_name": "何静", "opened_at": MONDAY}  # fmt: skip
    apps.get_model("talks", "SafetyPlan").objects.create(**plan)
    Due.objects.update(reminded_on=None)
    assert actions.remind(at=soon) == 1
    assert not Delivery.objects.filter(channel="sms").exists()


def test_a_line_whose_words_are_forgotten_reminds_the_body_alone():
    notices.load_templates()
    held = table()
    in_force(held)
    actions.forget(matter_id=held.id)

    assert actions.remind(at=MONDAY + timedelta(days=14)) == 1
    assert not Delivery.objects.filter(channel="sms").exists()


def test_the_list_costs_the_same_for_one_and_for_many(django_assert_max_num_queries):
    held = table()
    in_force(held, obligations=[REPAIR])

    with django_assert_max_num_queries(3):
        _page, rows = queries.agreements_page(held.actor("clerk"), box="due", text="胜和", order="newest", on=MONDAY.date())  # fmt: skip

    assert len(rows) == 1
    assert Signature.objects.filter(is_void=False).count() == 3


def test_what_was_signed_on_paper_is_entered_afterwards_once():
    held = table()
    make_move(held.dispute, "settle", actor=held.everybody, at=MONDAY)
    clerk = held.actor("clerk")
    said = {"matter_id": held.id, "terms": some_terms(), "actor": clerk, "at": MONDAY}
    with pytest.raises(Refused):
        actions.take_in(**said)
    make_move(held.dispute, "take_effect", actor=held.everybody, at=MONDAY, uploads=[a_photo(held.everybody)])  # fmt: skip

    row = actions.take_in(**said)

    assert (row.state, row.effective_at, row.open_dues) == ("effective", MONDAY, 3)
    assert not row.signatures.exists()
    with pytest.raises(Refused):
        actions.take_in(**said)


def test_when_its_time_is_over_words_and_hands_go_and_hashes_stay():
    held = table()
    row = in_force(held)

    for _again in range(2):
        actions.forget(matter_id=held.id)

    kept = queries.as_signed(held.id)
    assert (kept["clauses"], kept["digest"]) == ([], row.digest)
    assert not any(one["drawing"] for one in kept["signatures"])
    assert held.row.text == ""


def accepted(held, *, what="维修费"):
    """Say that every side accepted an offer of two obligations, twice as a queue may do."""
    terms = [
        {"by": 1, "to": 0, "what": what, "amount": "3000.00", "due_on": "2026-12-20"},
        {"by": 1, "to": None, "what": "修好防水", "amount": "", "due_on": ""},
    ]
    event = OfferAccepted(held.id, 1, encrypt(json.dumps(terms)), MONDAY)
    reactions.draft_offer(event)
    reactions.draft_offer(event)


def test_an_accepted_offer_is_the_draft_and_is_put_in_once():
    held = table()

    accepted(held)

    written = queries.current_terms(held.row)
    assert (held.row.version, held.row.state, held.row.total) == (1, "draft", Decimal("3000.00"))
    assert [(one.kind, one.debtors, one.creditors, one.what) for one in written.obligations] == [
        ("pay", (1,), (0,), "维修费"),
        ("do", (1,), (), "修好防水"),
    ]
    assert written.facts == held.dispute.story
    assert queries.problems_of(held.id, written, on=MONDAY.date())  # the manner is still to be said


def test_an_accepted_offer_keeps_the_facts_and_the_version_before():
    held = table()
    save(held, 0)

    accepted(held)

    assert queries.terms_of(Version.objects.get(number=1)).obligations[0].what == "天花板维修费"
    assert queries.current_terms(held.row).facts == some_terms()["facts"]
    assert held.row.version == 2


def test_what_is_being_signed_or_over_is_not_touched_by_an_offer():
    held = table()
    offered(held)

    accepted(held)

    assert (held.row.state, held.row.version) == ("signing", 1)
