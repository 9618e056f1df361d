import logging

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection

from gongzhi.base.errors import OutOfReach
from gongzhi.notices import actions, queries
from gongzhi.notices.models import Delivery, Notice
from gongzhi.notices.tests.builders import (
    MIDNIGHT,
    NOON,
    PHONE,
    VALUES,
    a_notice,
    a_person,
    a_text_message,
    an_actor,
)

pytestmark = pytest.mark.django_db


def jobs() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args->>'delivery_id', scheduled_at FROM procrastinate_jobs ORDER BY id"
        )
        return cursor.fetchall()


def test_a_person_is_told_once_in_the_words_of_the_day():
    person = a_person()

    told = actions.tell(
        people=[person.pk, person.pk, 0], template="dispatched", link="/m/1", at=NOON,
        values={"number": "26-1", "title": "井盖破损", "address": "胜和路", "unit": "城管局", "due": NOON},
    )  # fmt: skip

    notice = Notice.objects.get()
    assert told == 1
    assert notice.subject == "新派遣：井盖破损"
    assert notice.text == "26-1 已派给城管局，地点 胜和路，请在 11月20日 12:00 前办结。"


def test_the_unread_are_counted_in_one_statement(django_assert_num_queries):
    person = a_person()
    a_notice(person)
    a_notice(person, title="路灯不亮")

    with django_assert_num_queries(1):
        assert queries.unread(an_actor(person=person)) == 2


def test_reading_a_notice_leads_to_its_matter_and_takes_it_off_the_count():
    person = a_person()
    a_notice(person)
    reader = an_actor(person=person)

    assert actions.mark_read(actor=reader, at=NOON, notice_id=Notice.objects.get().pk) == "/m/26-1"
    assert queries.unread(reader) == 0


def test_nobody_reads_the_notice_of_somebody_else():
    a_notice(a_person("mei"))

    with pytest.raises(OutOfReach):
        actions.mark_read(actor=an_actor(), at=NOON, notice_id=Notice.objects.get().pk)


def test_a_missing_value_breaks_nothing(caplog):
    person = a_person()

    with caplog.at_level(logging.WARNING):
        actions.tell(
            people=[person.pk], template="sent_back", values={"number": "26-1"}, link="", at=NOON
        )

    assert "被退回：—" in Notice.objects.get().subject
    assert "reason" in caplog.text


def test_an_officer_with_an_address_is_told_by_mail_and_telephone_as_well():
    person = a_person(email="mei@city.cn", phone=PHONE)

    actions.tell(
        people=[person.pk, a_person("omar").pk],
        template="supervised",
        values=VALUES,
        link="/m/1",
        at=NOON,
    )

    assert set(Delivery.objects.values_list("channel", "masked")) == {
        ("email", "m••@city.cn"), ("sms", "138••••5678"),
    }  # fmt: skip


@pytest.mark.parametrize("link", ["/progress/1?code=7K3P", "http://city.test/progress/1?code=7K3P"])
def test_a_message_carries_the_whole_address(link, settings):
    settings.PUBLIC_ADDRESS = "http://city.test"

    actions.tell_contact(phone=PHONE, template="received", values=VALUES, link=link, at=NOON)

    assert "http://city.test/progress/1?code=7K3P查看" in Delivery.objects.get().text.replace(
        "可在", ""
    )


def test_a_link_that_leads_elsewhere_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="elsewhere"):
        actions.tell(
            people=[a_person().pk], template="received", values=VALUES, link="//elsewhere", at=NOON
        )


def test_a_contact_is_kept_encrypted():
    delivery = a_text_message()

    with connection.cursor() as cursor:
        cursor.execute("SELECT address, text FROM notices_delivery")
        stored = " ".join(cursor.fetchone())
    assert delivery.address == PHONE
    assert PHONE not in stored
    assert "7K3P" not in stored


def test_the_job_is_written_with_the_news_and_waits_for_the_morning():
    delivery = a_text_message(at=MIDNIGHT)

    [(name, arguments, when)] = jobs()
    assert name == actions.DELIVER
    assert arguments == str(delivery.pk)
    assert when.isoformat() == "2026-11-21T00:00:00+00:00"  # eight o'clock in the city


def test_what_is_urgent_does_not_wait():
    a_text_message(at=MIDNIGHT, urgent=True)

    assert jobs()[0][2] == MIDNIGHT


def test_a_mail_goes_out():
    actions.tell_contact(
        email="ana@home.cn", template="received", values=VALUES, link="/m/1", at=NOON
    )

    actions.deliver(delivery_id=Delivery.objects.get().pk, at=NOON)

    assert mail.outbox[0].to == ["ana@home.cn"]
    assert mail.outbox[0].subject == "【东莞共治】已收到您的上报 26-0001-8427-7"
    assert Delivery.objects.get().status == "sent"


def test_a_text_message_goes_to_the_log_by_default(caplog):
    delivery = a_text_message()

    with caplog.at_level(logging.INFO, logger="gongzhi.sms"):
        actions.deliver(delivery_id=delivery.pk, at=NOON)

    assert "138••••5678" in caplog.text
    assert "查询码7K3P" in caplog.text


def test_a_message_is_sent_once_however_often_its_job_runs():
    actions.tell_contact(email="ana@home.cn", template="received", values=VALUES, at=NOON)
    pk = Delivery.objects.get().pk

    actions.deliver(delivery_id=pk, at=NOON)
    actions.deliver(delivery_id=pk, at=NOON)

    assert len(mail.outbox) == 1


class BrokenSms:
    def send(self, phone: str, text: str) -> str:
        raise ConnectionError(f"no route for {phone}")


def test_a_failing_provider_is_tried_again_later_and_then_given_up_visibly(settings):
    settings.SMS_ADAPTER = f"{__name__}.BrokenSms"
    delivery = a_text_message()

    for _try in range(5):
        actions.deliver(delivery_id=delivery.pk, at=NOON)

    delivery.refresh_from_db()
    waits = [(when - NOON).total_seconds() / 60 for _name, _arguments, when in jobs()]
    assert waits == [0, 1, 5, 30, 120]
    assert (delivery.status, delivery.tries) == ("failed", 5)
    assert delivery.error == "ConnectionError: no route for 138••••5678"


def test_a_failed_message_can_be_given_new_tries(settings):
    delivery = a_text_message()
    Delivery.objects.update(status="failed", tries=5)

    actions.send_again(delivery_id=delivery.pk, actor=an_actor("notices.see_deliveries"), at=NOON)
    actions.deliver(delivery_id=delivery.pk, at=NOON)

    assert Delivery.objects.get().status == "sent"


def test_a_message_whose_job_was_lost_is_picked_up():
    a_text_message(at=NOON)

    assert actions.pick_up_forgotten(at=MIDNIGHT, older_than=MIDNIGHT) == 1
    assert actions.pick_up_forgotten(at=MIDNIGHT, older_than=MIDNIGHT) == 0


def test_telling_many_costs_few_statements(django_assert_num_queries):
    actions.load_templates()
    person = get_user_model()
    people = person.objects.bulk_create(person(username=f"u{n}") for n in range(50))

    with django_assert_num_queries(3):
        actions.tell(
            people=[p.pk for p in people], template="dispatched", values=VALUES, link="", at=NOON
        )


def test_a_job_that_runs_again_tells_nobody_twice():
    person = a_person(email="mei@example.org")
    for _try in range(2):
        a_notice(person, template="supervised", by="王芳", reason="逾期")
        a_text_message()

    assert Notice.objects.filter(person=person).count() == 1
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["email", "sms"]
