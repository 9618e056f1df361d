import pytest
from django.conf import settings
from django.contrib.messages.storage import default_storage
from django.test import Client, RequestFactory
from django.urls import resolve

from gongzhi.base.errors import OutOfReach
from gongzhi.notices import actions
from gongzhi.notices.capabilities import Can
from gongzhi.notices.models import Delivery, Notice, Template
from gongzhi.notices.tests.builders import (
    NOON,
    a_notice,
    a_person,
    a_text_message,
    an_actor,
)

pytestmark = pytest.mark.django_db
EDIT = "/setup/notices/received/sms/zh-hans"
GOOD = {"text": "{number} 已收到，查询码 {code}", "valid_from": "2026-11-01", "source": "市局通知"}


def asked(path, *, actor, post=None):
    factory = RequestFactory()
    request = factory.get(path) if post is None else factory.post(path, post)
    request.actor = actor
    request._dont_enforce_csrf_checks = True
    request._messages = default_storage(request)
    found = resolve(path.partition("?")[0])
    return found.func(request, *found.args, **found.kwargs)


def text_of(response) -> str:
    return response.content.decode()


def an_editor():
    actions.load_templates()
    return an_actor(Can.MANAGE_TEMPLATES, Can.SEE_DELIVERIES)


@pytest.mark.parametrize(
    "path", ["/notices", "/notices/_bell", "/notices/1", "/setup/notices", EDIT]
)
def test_a_stranger_is_asked_to_sign_in(path):
    answer = Client().get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith(settings.LOGIN_URL)


@pytest.mark.parametrize("path", ["/setup/notices", "/setup/notices/deliveries", EDIT])
def test_administration_is_absent_for_others(path):
    with pytest.raises(OutOfReach):
        asked(path, actor=an_actor())


def test_the_bell_shows_the_latest_and_how_many_wait():
    person = a_person()
    a_notice(person)

    page = text_of(asked("/notices/_bell", actor=an_actor(person=person)))

    assert 'data-unread="1"' in page
    assert "即将到期：井盖破损" in page


def test_a_notice_leads_to_its_matter():
    person = a_person()
    a_notice(person)

    answer = asked(f"/notices/{Notice.objects.get().pk}", actor=an_actor(person=person))

    assert answer["Location"] == "/m/26-1"


def test_what_a_resident_typed_stays_text():
    person = a_person()
    a_notice(person, title="<script>alert(1)</script>")

    page = text_of(asked("/notices", actor=an_actor(person=person)))

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_list_teaches_what_will_come():
    assert "暂无通知" in text_of(asked("/notices", actor=an_actor()))
    assert "没有找到" in text_of(asked("/notices?q=x", actor=an_actor(person=a_person("omar"))))


def test_every_notice_is_on_one_page_of_the_list():
    person = a_person()
    reader = an_actor(person=person)
    for n in range(120):
        a_notice(person, title=f"第{n:03}件")

    seen, path = [], "/notices"
    while path:
        page = text_of(asked(path, actor=reader))
        seen += [title for title in (f"第{n:03}件" for n in range(120)) if f"到期：{title}" in page]
        more = page.partition('rel="next" href="')[2].partition('"')[0]
        path = f"/notices{more}".replace("&amp;", "&") if more else ""

    assert sorted(seen) == [f"第{n:03}件" for n in range(120)]


@pytest.mark.parametrize(
    "before",
    ["x", "2026-01-01~1", "~", "9999-99-99T00:00:00+00:00~1", "2026-01-01T00:00:00+00:00~x"],
)
def test_a_made_up_page_key_shows_the_first_page(before):
    assert asked(f"/notices?before={before}", actor=an_actor()).status_code == 200


def test_all_can_be_marked_as_read():
    person = a_person()
    a_notice(person)
    a_notice(a_person("omar"))

    asked("/notices/read", actor=an_actor(person=person), post={})

    assert Notice.objects.filter(read_at=None).count() == 1


def test_the_words_of_every_occasion_are_listed():
    page = text_of(asked("/setup/notices", actor=an_editor()))

    assert page.count("/setup/notices/received/") == 6


def test_changed_words_become_a_new_version():
    answer = asked(EDIT, actor=an_editor(), post=GOOD)

    assert answer.status_code == 302
    assert Template.objects.get(version=2).text == GOOD["text"]
    assert "版本" in text_of(
        asked(EDIT, actor=an_actor(Can.MANAGE_TEMPLATES, person=a_person("li")))
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "{phone}"},
        {"text": ""},
        {"valid_from": "0000-00-00"},
        {"valid_from": "x"},
        {"source": ""},
    ],
)
def test_words_that_cannot_be_saved_come_back_with_the_reason(wrong):
    answer = asked(EDIT, actor=an_editor(), post=GOOD | wrong)

    assert answer.status_code == 422
    assert 'class="error"' in text_of(answer)
    assert not Template.objects.filter(version=2).exists()


def test_the_preview_fills_in_examples_and_names_what_is_missing():
    page = text_of(asked(f"{EDIT}/preview", actor=an_editor(), post={"text": "{number}，{phone}"}))

    assert "26-0001-8427-7，—" in page
    assert "{phone}" in page


def test_words_of_no_occasion_are_absent():
    with pytest.raises(OutOfReach):
        asked("/setup/notices/nothing/sms/zh-hans", actor=an_editor())


def test_a_failed_message_is_seen_without_its_address_and_sent_again():
    delivery = a_text_message()
    Delivery.objects.update(status="failed", error="=cmd()")
    editor = an_editor()

    page = text_of(asked("/setup/notices/deliveries?status=failed", actor=editor))
    table = b"".join(
        asked("/setup/notices/deliveries?as=csv", actor=editor).streaming_content
    ).decode()
    asked(f"/setup/notices/deliveries/{delivery.pk}/again", actor=editor, post={})

    assert "138••••5678" in page
    assert "13812345678" not in page + table
    assert "'=cmd()" in table
    assert Delivery.objects.get().status == "waiting"
    assert Delivery.objects.get().created_at == NOON
