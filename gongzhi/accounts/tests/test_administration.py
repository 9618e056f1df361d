import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.accounts import actions
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Posting, Substitution, Unit, User
from gongzhi.accounts.tests.builders import PASSWORD, a_posting, a_unit, a_user, trail
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import an_actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)
MONDAY = date(2026, 3, 9)


def office(role: str) -> Client:
    user = a_posting(role=role).user
    client = Client()
    client.post("/sign-in", {"username": user.username, "password": PASSWORD})
    return client


PAGES = {
    "system_admin": ["/setup/organisation", "/setup/organisation/add", "/setup/organisation/import",
                     "/setup/people", "/setup/people/add", "/setup/people/import", "/setup/substitutions"],
    "security_admin": ["/setup/security", "/setup/security/sessions", "/setup/security/second-factors"],
    "auditor": ["/setup/audit", "/setup/audit/chain", "/setup/audit/trail.csv"],
}  # fmt: skip


@pytest.mark.parametrize("role", PAGES)
def test_each_administrator_sees_their_own_pages_and_none_of_the_others(role):
    client = office(role)

    for owner, addresses in PAGES.items():
        for address in addresses:
            assert client.get(address).status_code == (200 if owner == role else 404), address


def test_one_person_is_never_given_a_second_administrators_office():
    user = a_posting(role="security_admin").user
    admin = an_actor(Can.EMPLOY)

    with pytest.raises(Refused):
        actions.post(
            user_id=user.pk, role="auditor", unit_id=None, area_path="", starts_on=MONDAY,
            actor=admin, at=NOON,
        )  # fmt: skip
    with pytest.raises(Refused):  # nor through the back door of standing in for one
        actions.ask_for_substitute(
            absent_id=a_posting(role="auditor").user_id, substitute_id=user.pk, starts_on=MONDAY,
            ends_on=MONDAY, reason="年假", actor=an_actor(Can.APPROVE_SUBSTITUTION), at=NOON,
        )  # fmt: skip


def test_who_stands_in_for_an_administrator_gets_no_other_office_meanwhile():
    substitute = a_user()
    actions.ask_for_substitute(
        absent_id=a_posting(role="auditor").user_id, substitute_id=substitute.pk, starts_on=MONDAY,
        ends_on=MONDAY, reason="年假", actor=an_actor(Can.APPROVE_SUBSTITUTION), at=NOON,
    )  # fmt: skip

    with pytest.raises(Refused):
        actions.post(
            user_id=substitute.pk, role="system_admin", unit_id=None, area_path="",
            starts_on=MONDAY, actor=an_actor(Can.EMPLOY), at=NOON,
        )  # fmt: skip


def test_nobody_gives_themself_a_role():
    user = a_user()

    with pytest.raises(Refused):
        actions.post(
            user_id=user.pk, role="dispatcher", unit_id=None, area_path="", starts_on=MONDAY,
            actor=an_actor(Can.EMPLOY, id=user.pk), at=NOON,
        )  # fmt: skip


def test_a_towns_administrator_posts_only_inside_the_town():
    admin = an_actor(Can.EMPLOY, area="441900/004/")
    user = a_posting(area_path="441900/004/001/").user

    def post_to(area: str) -> None:
        actions.post(
            user_id=user.pk, role="dispatcher", unit_id=None, area_path=area, starts_on=MONDAY,
            actor=admin, at=NOON,
        )  # fmt: skip

    post_to("441900/004/012/")
    with pytest.raises(OutOfReach):
        post_to("441900/003/")
    with pytest.raises(OutOfReach):
        post_to("")
    assert Posting.objects.filter(user=user).count() == 2


def test_a_person_outside_the_area_is_as_good_as_absent():
    user = a_posting(area_path="441900/003/").user
    admin = an_actor(Can.EMPLOY, area="441900/004/")

    with pytest.raises(User.DoesNotExist):
        actions.reset_password(user_id=user.pk, actor=admin, at=NOON)


def test_a_telephone_number_is_masked_until_a_reason_is_given():
    client = office("system_admin")
    user = a_posting(user=a_user(phone="13812345678")).user

    assert b"13812345678" not in client.get("/setup/people").content
    assert b"13812345678" not in client.get(f"/setup/people/{user.pk}").content
    assert client.post(f"/setup/people/{user.pk}/contact", {"reason": ""}).status_code == 422
    opened = client.post(f"/setup/people/{user.pk}/contact", {"reason": "台风夜紧急联络"})
    assert b"13812345678" in opened.content
    assert trail(verb="view", subject=f"user:{user.pk}").get().reason == "台风夜紧急联络"
    assert b"13812345678" not in b"".join(client.get("/setup/people/people.csv").streaming_content)


def test_a_new_person_gets_a_posting_and_a_one_time_password():
    client = office("system_admin")
    unit = a_unit(code="cg-004")
    values = {"username": "Wang.Fang", "name": "王芳", "phone": "13900001111", "posting-role": "handler",
              "posting-unit": unit.code, "posting-starts_on": "2026-03-09"}  # fmt: skip

    page = client.post("/setup/people/add", values)

    user = User.objects.get(username="wang.fang")
    shown = re.search(r'data-copy="([^"]+)"', page.content.decode())
    assert user.check_password(shown[1])
    assert user.must_change_password
    assert Posting.objects.get(user=user).unit == unit
    assert client.post("/setup/people/add", values).status_code == 422


def test_a_lead_approves_a_substitute_in_their_own_unit_only():
    unit, elsewhere = a_unit(), a_unit()
    absent = a_posting(role="handler", unit=unit).user
    row_id = actions.ask_for_substitute(
        absent_id=absent.pk, substitute_id=a_user().pk, starts_on=MONDAY, ends_on=MONDAY,
        reason="培训", actor=an_actor(id=absent.pk), at=NOON,
    )  # fmt: skip

    with pytest.raises(Substitution.DoesNotExist):
        actions.approve_substitute(
            substitution_id=row_id,
            actor=an_actor(Can.APPROVE_SUBSTITUTION, unit=elsewhere.pk),
            at=NOON,
        )
    actions.approve_substitute(
        substitution_id=row_id, actor=an_actor(Can.APPROVE_SUBSTITUTION, unit=unit.pk), at=NOON
    )
    assert Substitution.objects.get().approved_at == NOON


def test_nobody_approves_their_own_substitution():
    absent = a_posting(role="unit_lead", unit=a_unit()).user
    lead = an_actor(Can.APPROVE_SUBSTITUTION, id=absent.pk)
    row_id = actions.ask_for_substitute(
        absent_id=absent.pk, substitute_id=a_user().pk, starts_on=MONDAY, ends_on=MONDAY,
        reason="年假", actor=lead, at=NOON,
    )  # fmt: skip

    assert Substitution.objects.get().approved_at is None
    with pytest.raises(Refused):
        actions.approve_substitute(substitution_id=row_id, actor=lead, at=NOON)


def test_a_second_substitute_in_the_same_days_is_refused():
    absent, lead = a_posting().user, an_actor(Can.APPROVE_SUBSTITUTION)

    def ask() -> None:
        actions.ask_for_substitute(
            absent_id=absent.pk, substitute_id=a_user().pk, starts_on=MONDAY,
            ends_on=MONDAY + timedelta(days=2), reason="年假", actor=lead, at=NOON,
        )  # fmt: skip

    ask()
    with pytest.raises(Refused):
        ask()


def test_a_unit_with_people_or_units_in_it_stays_open():
    parent = a_unit()
    a_posting(unit=a_unit(parent=parent))
    admin = an_actor(Can.ORGANISE)

    for unit in Unit.objects.order_by("id"):
        with pytest.raises(Refused):
            actions.close_unit(unit_id=unit.pk, on=MONDAY, reason="机构改革", actor=admin, at=NOON)


def test_a_table_of_units_is_loaded_whole_or_not_at_all():
    admin = an_actor(Can.ORGANISE)
    good = "编码,名称,类型,上级编码\ncg,城管局,department,\ncg-004,城管局南城分局,town_office,cg\n"
    bad = good + "cg,重复,department,\nx,,天文台,zz\n"

    result = actions.import_units(content=bad.encode("gb18030"), actor=admin, at=NOON)
    assert {(p.line, p.column) for p in result.problems} >= {(4, "code"), (5, "name"), (5, "kind"), (5, "parent")}  # fmt: skip
    assert not Unit.objects.exists()
    result = actions.import_units(content=good.encode(), actor=admin, at=NOON, dry_run=True)
    assert (result.added, result.problems) == (2, [])
    assert not Unit.objects.exists()
    actions.import_units(content=good.encode("utf-8-sig"), actor=admin, at=NOON)
    assert Unit.objects.get(code="cg-004").parent.code == "cg"


def test_a_table_of_people_opens_accounts_with_one_time_passwords(settings):
    a_unit(code="cg")
    table = "用户名,姓名,电话,岗位,单位编码\nzhang3,张三,13812345678,handler,cg\nzhang3,张三,,dispatcher,\n"

    result = actions.import_people(content=table.encode(), actor=an_actor(Can.EMPLOY), at=NOON)

    assert (result.problems, result.added, result.changed) == ([], 1, 2)
    ((username, _name, password),) = result.passwords
    assert User.objects.get(username=username).check_password(password)
    again = actions.import_people(content=table.encode(), actor=an_actor(Can.EMPLOY), at=NOON)
    assert (again.added, again.changed) == (0, 0)


def test_a_table_of_people_names_its_bad_rows():
    table = "username,name,role,unit,from\nli4,李四,astronaut,,\nli5,李五,handler,,\nli6,李六,dispatcher,,31.12.2026\n,无名,dispatcher,,\n"

    result = actions.import_people(content=table.encode(), actor=an_actor(Can.EMPLOY), at=NOON)

    found = {(p.line, p.column) for p in result.problems}
    assert found == {(2, "role"), (3, "unit"), (4, "starts_on"), (5, "username")}
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"a,b\n1,2\n", b"\xff" * 50]
)
def test_what_is_not_a_table_gets_a_sentence(content):
    with pytest.raises(Invalid):
        actions.import_units(content=content, actor=an_actor(Can.ORGANISE), at=NOON)


def test_the_pages_of_a_unit_and_a_person_work_from_end_to_end():
    client = office("system_admin")
    today = timezone.localdate().isoformat()
    client.post("/setup/organisation/add", {"code": "cg", "name": "城管局", "kind": "department"})
    unit = Unit.objects.get(code="cg")
    person = a_posting(unit=unit).user
    home = f"/setup/organisation/{unit.pk}"

    assert "城管局" in client.get("/setup/organisation").content.decode()
    assert "城管局" in client.get("/setup/organisation?q=城管").content.decode()
    assert client.get(home).status_code == 200
    assert client.post(f"{home}/close", {"on": today, "reason": "改革"}).status_code == 422
    change = {"name": "城市管理局", "kind": "department", "parent": "cg"}
    assert client.post(f"{home}/change", change).status_code == 422  # below itself
    assert client.post(f"{home}/change", change | {"parent": ""}).status_code == 302
    assert client.get(f"/setup/people/{person.pk}").status_code == 200
    posting = {"role": "handler", "unit": "cg", "starts_on": today}
    assert client.post(f"/setup/people/{person.pk}/postings", posting).status_code == 302
    added = Posting.objects.get(role="handler")
    client.post(f"/setup/people/{person.pk}/postings/{added.pk}/end")
    assert Posting.objects.get(pk=added.pk).ends_on == timezone.localdate()
    assert client.get("/setup/organisation/units.xlsx").content[:2] == b"PK"


NAMES_SHOWN = re.compile(r'<td data-label="用户名">([^<]+)</td>')


def _beside(page: str, which: str) -> str:
    """Return the address of the next or the previous page, as the page links it."""
    found = re.search(rf'rel="{which}" href="(\?[^"]+)"', page)
    return f"/setup/people{html.unescape(found[1])}"


def test_a_long_list_of_people_is_paged_both_ways():
    client = office("system_admin")
    User.objects.bulk_create(User(username=f"p{n:03}", name=f"王{n}") for n in range(120))

    first = client.get("/setup/people?order=username").content.decode()
    second = client.get(_beside(first, "next")).content.decode()
    back = client.get(_beside(second, "prev")).content.decode()

    names = NAMES_SHOWN.findall(first)
    assert names
    assert names == NAMES_SHOWN.findall(back)
    assert 'rel="prev"' not in back
    assert not set(names) & set(NAMES_SHOWN.findall(second))
    assert client.get("/setup/people?after=bm9uc2Vuc2U").status_code == 200
