from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongzhi.accounts import actions
from gongzhi.accounts.models import RecoveryCode, Session, User
from gongzhi.accounts.queries import security
from gongzhi.accounts.tests.builders import (
    PASSWORD,
    ARole,
    a_posting,
    a_substitution,
    a_user,
    only_roles,
    trail,
)
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()  # noqa: TID251 - sign-in lives by the real clock, as its pages do


def sign_in(user: User, *, client: Client | None = None, password: str = PASSWORD, **more: str):
    client = client or Client()
    values = {"username": user.username, "password": password, **more}
    return client, client.post("/sign-in", values)


def enrolled(user: User) -> TOTPDevice:
    User.objects.filter(pk=user.pk).update(second_factor_at=now())
    return TOTPDevice.objects.create(user=user, name="东莞", confirmed=True)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, device.drift):06d}"


def test_signing_in_leads_to_the_page_that_was_wanted_and_is_recorded():
    user = a_user()

    _client, answer = sign_in(user, next="/desk/matters?q=1")

    assert answer.headers["Location"] == "/desk/matters?q=1"
    assert trail(verb="sign_in", actor_id=user.pk).exists()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_a_foreign_page(target):
    _client, answer = sign_in(a_user(), next=target)

    assert answer.headers["Location"] == "/desk"


def test_an_administrator_begins_in_their_own_office():
    assert sign_in(a_posting(role="auditor").user)[1].headers["Location"] == "/setup/audit"
    assert sign_in(a_posting(role="dispatcher").user)[1].headers["Location"] == "/desk"


def test_a_user_name_is_the_same_in_capitals():
    user = a_user(username="mei.li")
    user.username = "Mei.Li"

    assert sign_in(user)[1].status_code == 302


@pytest.mark.parametrize("password", ["wrong", "x" * 200, "密码🙂"])
def test_a_wrong_password_and_a_stranger_get_the_same_answer(password):
    user = a_user()
    _client, known = sign_in(user, password=password)
    user.username = "nobody-here"
    _client, unknown = sign_in(user, password=password)

    assert known.status_code == unknown.status_code == 422
    assert known.context["form"].errors == unknown.context["form"].errors


def test_a_stranger_costs_as_much_hashing_as_an_acquaintance(monkeypatch):
    hashed = []
    monkeypatch.setattr(User, "set_password", lambda _self, raw: hashed.append(raw))
    Client().post("/sign-in", {"username": "nobody-here", "password": "guess"})

    assert hashed == ["guess"]


def test_control_characters_and_missing_fields_get_a_sentence():
    assert Client().post("/sign-in", {"username": "a\0b", "password": "x"}).status_code == 422
    assert Client().post("/sign-in", {"username": "a"}).status_code == 422


def test_five_wrong_passwords_lock_out_and_say_until_when():
    user = a_user()
    for _n in range(5):
        client, answer = sign_in(user, password="wrong")

    assert answer.status_code == 429
    until = timezone.localtime(security.locked_until(username=user.username, address="127.0.0.1"))
    assert f"{until:%H:%M}" in answer.content.decode()
    assert sign_in(user, client=client)[1].status_code == 429


def test_the_security_administrator_lifts_a_lock():
    user = a_user()
    for _n in range(5):
        sign_in(user, password="wrong")
    admin = a_posting(role="security_admin").user
    client, _answer = sign_in(admin)

    page = client.get("/setup/security")
    client.post("/setup/security/unlock", {"username": user.username, "reason": "本人来电核实"})

    assert user.username in page.content.decode()
    assert sign_in(user)[1].status_code == 302
    assert trail(verb="unlock").get().reason == "本人来电核实"


def test_a_closed_account_cannot_come_in():
    assert sign_in(a_user(is_active=False))[1].status_code == 422


def test_a_second_factor_is_asked_before_anything_is_open():
    user = a_user()
    device = enrolled(user)
    client, answer = sign_in(user, next="/me/password")

    assert answer.headers["Location"] == "/sign-in/code"
    assert client.get("/me").status_code == 302
    assert client.post("/sign-in/code", {"code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0)
    answer = client.post("/sign-in/code", {"code": code_of(device)})
    assert answer.headers["Location"] == "/me/password"
    assert client.get("/me").status_code == 200


def test_a_code_opens_the_door_once():
    user = a_user()
    device = enrolled(user)
    code = code_of(device)
    actions.check_second_factor(user_id=user.pk, code=code, at=now())

    with pytest.raises(Invalid):
        actions.check_second_factor(user_id=user.pk, code=code, at=now())


def test_guessing_codes_is_slowed_down():
    user = a_user()
    enrolled(user)
    for _n in range(2):
        with pytest.raises(Invalid) as refusal:
            actions.check_second_factor(user_id=user.pk, code="no-such-code", at=now())

    assert "：" in str(refusal.value) or ":" in str(refusal.value)  # says when
    assert TOTPDevice.objects.get().throttling_failure_count == 1


def test_a_role_may_require_a_second_factor_and_then_nothing_else_is_open():
    guard = ARole("守门人", frozenset({"accounts.secure"}), second_factor=True)
    with only_roles({"guard": guard}):
        user = a_posting(role="guard").user
        client, _answer = sign_in(user)

        assert client.get("/setup/security").headers["Location"].startswith("/me/second-factor")
        client.get("/me/second-factor")
        device = TOTPDevice.objects.get(user=user)
        page = client.post("/me/second-factor", {"code": code_of(device)})

        assert page.status_code == 200
        assert client.get("/setup/security").status_code == 200
        assert RecoveryCode.objects.filter(user=user).count() == 10
        with pytest.raises(Refused):
            actions.remove_second_factor(password=PASSWORD, actor=Actor(user.pk, ""), at=now())


def test_a_recovery_code_works_once():
    user = a_user()
    actor = Actor(id=user.pk, name=user.name)
    actions.begin_enrolment(actor=actor)
    code = code_of(TOTPDevice.objects.get(user=user))
    codes = actions.confirm_enrolment(code=code, session_key="", actor=actor, at=now())

    actions.check_second_factor(user_id=user.pk, code=codes[0].upper(), at=now())
    with pytest.raises(Invalid):
        actions.check_second_factor(user_id=user.pk, code=codes[0], at=now())


def test_a_one_time_password_must_be_changed_before_anything_else():
    user = a_posting(user=a_user(must_change_password=True)).user
    client, _answer = sign_in(user)

    assert client.get("/me").headers["Location"].startswith("/me/password")
    values = {"current": PASSWORD, "new": "Banyan-Bridge-88", "again": "Banyan-Bridge-88"}
    assert client.post("/me/password", values).status_code == 302
    assert client.get("/me").status_code == 200


@pytest.mark.parametrize("new", ["short1", "1234567890", PASSWORD, "unique-name-77"])
def test_a_weak_or_old_password_is_refused_with_a_sentence(new):
    user = a_user(username="unique-name-77")
    client, _answer = sign_in(user)

    answer = client.post("/me/password", {"current": PASSWORD, "new": new, "again": new})

    assert answer.status_code == 422
    assert answer.context["form"].errors["new"]


def test_the_last_five_passwords_do_not_come_back():
    user = a_user()
    actor, present = Actor(id=user.pk, name=user.name), PASSWORD
    for number in range(5):
        new = f"Banyan-Bridge-{number}"
        actions.change_password(current=present, new=new, session_key="", actor=actor, at=now())
        present = new

    with pytest.raises(Invalid):
        actions.change_password(
            current=present, new=PASSWORD, session_key="", actor=actor, at=now()
        )


def test_changing_the_password_signs_other_devices_out():
    user = a_user()
    here, _answer = sign_in(user)
    there, _answer = sign_in(user)
    values = {"current": PASSWORD, "new": "Banyan-Bridge-88", "again": "Banyan-Bridge-88"}

    here.post("/me/password", values)

    assert here.get("/me").status_code == 200
    assert there.get("/me").headers["Location"].endswith("why=ended")


def test_one_device_is_ended_from_the_list_but_never_a_strangers():
    user = a_user()
    here, _answer = sign_in(user)
    there, _answer = sign_in(user)
    stranger, _answer = sign_in(a_user())
    mine = Session.objects.filter(user=user).order_by("started_at")

    assert stranger.post("/me/sessions/end", {"session": mine[1].digest}).status_code == 404
    here.post("/me/sessions/end", {"session": mine[1].digest})

    assert there.get("/me").status_code == 302
    assert here.get("/me").status_code == 200


@pytest.mark.parametrize(
    ("column", "age", "why"),
    [("seen_at", timedelta(hours=1), "idle"), ("expires_at", timedelta(0), "expired")],
)
def test_a_session_that_is_over_brings_back_to_the_page_with_the_reason(column, age, why):
    user = a_user()
    client, _answer = sign_in(user)
    Session.objects.update(**{column: now() - age})

    answer = client.post(
        "/me/language", {"language": "en"}, headers={"Referer": "http://testserver/me"}
    )

    assert answer.headers["Location"] == f"/sign-in?next=/me&why={why}"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_key_of_a_session_is_not_in_the_database():
    client, _answer = sign_in(a_user())

    assert client.session.session_key not in str(list(Session.objects.values()))


def test_a_signed_in_request_costs_at_most_two_statements():
    user = a_user()
    absent = a_posting().user
    a_posting(user=user)
    a_substitution(absent=absent, substitute=user, on=timezone.localdate())
    client, _answer = sign_in(user)
    Session.objects.update(seen_at=now() - timedelta(minutes=2))

    with CaptureQueriesContext(connection) as first:
        client.get("/nowhere")
    with CaptureQueriesContext(connection) as second:
        client.get("/nowhere")

    assert (len(first), len(second)) == (2, 1)


def test_a_visitor_without_a_session_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/sign-in").status_code == 200


def test_signing_out_ends_the_session():
    client, _answer = sign_in(a_user())

    client.post("/sign-out")

    assert not Session.objects.exists()
    assert client.get("/me").status_code == 302
