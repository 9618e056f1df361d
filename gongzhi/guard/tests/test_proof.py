import json
from datetime import timedelta

import altcha
import pytest
from django.core import signing
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import now  # noqa: TID251 - the check's own clock is the wall's

from gongzhi.guard import actions, queries
from gongzhi.guard.queries import QUESTION_SALT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _little_work(settings):
    settings.GUARD_WORK = 10


def the_check(at, **said):
    posted = MultiValueDict({name: [value] for name, value in said.items()})
    return queries.check_context(posted, action="/report", at=at)


def worked(check) -> str:
    challenge = altcha.Challenge.from_dict(json.loads(check["challenge"]))
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def test_a_browsers_work_counts_once():
    at = now()
    payload = worked(the_check(at))

    assert actions.prove(posted={"altcha": payload}, at=at)
    assert not actions.prove(posted={"altcha": payload}, at=at)


def test_work_for_a_task_of_somebody_else_or_too_late_does_not_count():
    forged = altcha.create_challenge("PBKDF2/SHA-256", 10, hmac_secret="another")
    payload = altcha.Payload(forged, altcha.solve_challenge(forged)).to_base64()
    late = worked(the_check(now() - timedelta(hours=1)))

    assert not actions.prove(posted={"altcha": payload}, at=now())
    assert not actions.prove(posted={"altcha": late}, at=now())
    assert not actions.prove(posted={"altcha": "rubbish"}, at=now())


def the_answer(check) -> dict[str, str]:
    total = signing.loads(check["ticket"], salt=QUESTION_SALT)["sum"]
    return {"check_ticket": check["ticket"], "check_answer": str(total)}


def test_the_question_counts_after_the_seconds_a_person_needs_and_once():
    at = now()
    said = the_answer(the_check(at))

    assert not actions.prove(posted=said, at=at + timedelta(seconds=2))
    assert actions.prove(posted=said, at=at + timedelta(seconds=20))
    assert not actions.prove(posted=said, at=at + timedelta(seconds=21))


def test_a_wrong_or_forged_answer_does_not_count():
    at = now()
    said = the_answer(the_check(at))

    assert not actions.prove(posted=said | {"check_answer": "99"}, at=at + timedelta(seconds=20))
    assert not actions.prove(posted=said | {"check_ticket": "x"}, at=at + timedelta(seconds=20))


def test_the_check_keeps_all_the_form_had_said_but_not_its_own_fields():
    check = the_check(now(), text="井盖破了", csrfmiddlewaretoken="x", check_answer="3")

    assert check["kept"] == [("text", "井盖破了")]
