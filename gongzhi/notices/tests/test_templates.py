from datetime import date, timedelta

import pytest
from django.apps import apps

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.notices import actions, queries
from gongzhi.notices.capabilities import Can
from gongzhi.notices.models import Template
from gongzhi.notices.tests.builders import NOON, an_actor

pytestmark = pytest.mark.django_db


def saved(
    text="{number} 已收到", *, actor=None, valid_from=date(2026, 11, 1), channel="sms", subject=""
):
    return actions.save_template(
        code="received", channel=channel, language="zh-hans", subject=subject, text=text,
        valid_from=valid_from, source="市局通知", actor=actor or an_actor(Can.MANAGE_TEMPLATES), at=NOON,
    )  # fmt: skip


def in_force(on):
    return queries.templates_for(code="received", language="zh-hans", on=on)["sms"]


def test_shipped_words_are_loaded_once():
    actions.load_templates()
    count = Template.objects.count()
    actions.load_templates()

    assert Template.objects.count() == count == len(queries.shipped_templates())


def test_changed_words_are_a_new_version_that_starts_on_its_day():
    actions.load_templates()
    new = saved(valid_from=date(2026, 12, 1))

    assert new.version == 2
    assert in_force(date(2026, 11, 30)).version == 1
    assert in_force(date(2026, 12, 1)) == new
    assert apps.get_model("audit", "Entry").objects.get().subject == "template:received/sms/zh-hans"


@pytest.mark.parametrize("text", ["", "{phone}", "{number", "很长" * 200])
def test_words_that_cannot_be_sent_are_not_saved(text):
    with pytest.raises(Invalid):
        saved(text)


def test_a_mail_needs_a_subject():
    with pytest.raises(Invalid) as refusal:
        saved(channel="email")

    assert "subject" in refusal.value.problems


def test_only_those_who_may_change_the_words():
    with pytest.raises(OutOfReach):
        saved(actor=an_actor())


def test_the_version_in_force_is_listed_for_every_occasion():
    actions.load_templates()

    codes = [t.code for t in queries.current_templates(on=NOON.date() + timedelta(days=1))]

    assert list(dict.fromkeys(codes)) == list(queries.LABELS)
