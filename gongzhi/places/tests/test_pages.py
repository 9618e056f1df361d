import pytest
from django.test import RequestFactory
from django.urls import resolve

from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.places.models import Import, Premises
from gongzhi.places.queries import PremisesFilter, premises_by_code, search_premises
from gongzhi.places.queries.sentences import flaws
from gongzhi.places.tests.builders import (
    PREMISES,
    a_city,
    a_csv,
    a_shop,
    an_actor,
    an_import,
    written,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def asked(address: str, actor: Actor | None = None, **more: object):
    """Answer a page as the signed-in actor would see it."""
    return _answer(RequestFactory().get(address, **more), actor)


def sent(address: str, values: dict[str, object], actor: Actor | None = None):
    return _answer(RequestFactory().post(address, values), actor)


def _answer(request, actor):
    request.actor = actor or an_actor()
    request._dont_enforce_csrf_checks = True
    page, args, kwargs = resolve(request.path_info)
    return page(request, *args, **kwargs)


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:  # the whole close() would end the test's connection
        close()
    return content.decode()


def a_registered_shop() -> None:
    a_city()
    written(an_import(a_csv(PREMISES, a_shop("S1"), a_shop("S2", name="<b>利康</b>药店"))))


@pytest.mark.parametrize(
    "address",
    [
        "/setup/areas", "/setup/areas?q=南城", "/setup/areas?on=9999-12-31", "/setup/areas?on=0000-00-00",
        "/setup/areas/branch?path=441900/004/", "/setup/areas/at/441900/004/01/",
        "/setup/areas/at/441900/004/01/?version=1", "/setup/areas/import", "/setup/premises/import",
        "/setup/areas/export?format=csv", "/setup/areas/export?format=xlsx", "/setup/areas/export",
        "/setup/premises", "/setup/premises?q=和顺&kind=4&status=x&sort=-code", "/setup/premises/new",
        "/setup/premises?q=无处可寻", "/setup/premises/S1", "/setup/premises/S1/edit",
        "/setup/premises/map?kind=4", "/setup/premises/labels", "/setup/premises/labels?codes=S1",
        "/setup/premises/export?format=xlsx", "/setup/premises/export", "/p/S1",
        "/map/areas.geojson?level=3&within=441900/004/", "/map/area.geojson?path=441900/004/01/",
        "/map/premises.geojson?bbox=113.7,23.0,113.75,23.05",
    ],
)  # fmt: skip
def test_every_page_answers(address):
    a_registered_shop()

    response = asked(address)

    assert response.status_code == 200
    assert text_of(response) if "xlsx" not in address else True


@pytest.mark.parametrize(
    "address",
    ["/setup/areas", "/setup/premises", "/setup/premises/S1", "/setup/premises/export",
     "/setup/areas/import", "/map/premises.geojson?bbox=113,23,113.1,23.1", "/setup/premises/labels"],
)  # fmt: skip
def test_without_the_right_a_page_is_as_good_as_absent(address):
    with pytest.raises(OutOfReach):
        asked(address, an_actor("other.right"))
    assert asked(address, ANONYMOUS).status_code == 302


def test_what_people_typed_is_shown_as_text():
    a_registered_shop()

    page = text_of(asked("/setup/premises"))

    assert "&lt;b&gt;利康" in page
    assert "<b>利康" not in page


def test_a_map_that_has_not_changed_is_not_sent_again():
    a_city()
    first = asked("/map/areas.geojson?level=3")

    again = asked("/map/areas.geojson?level=3", HTTP_IF_NONE_MATCH=first["ETag"])

    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize(
    "address",
    ["/map/premises.geojson", "/map/premises.geojson?bbox=a,b,c,d", "/map/premises.geojson?bbox=1,2,3",
     "/map/areas.geojson?level=x"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_gets_a_sentence(address):
    a_city()

    with pytest.raises(Invalid) as refusal:
        asked(address)
    assert str(refusal.value)


def test_a_box_without_numbers_finds_nothing():
    a_city()

    assert '"zoom_in":true' in text_of(asked("/map/premises.geojson?bbox=nan,nan,nan,nan"))


def test_a_file_goes_from_the_form_to_the_register():
    a_city()
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    file = SimpleUploadedFile("店.csv", a_csv(PREMISES, a_shop("S1"), a_shop("S2", lon=0, lat=0)))
    answer = sent(
        "/setup/premises/import", {"file": file, "system": "WGS-84", "valid_from": "2026-03-02"}
    )
    address = answer["Location"]
    result = text_of(asked(address))

    assert "0, 0" in result
    assert text_of(asked(f"{address}/report")).count("\n") == 2
    assert sent(f"{address}/write", {}).status_code == 302


def test_an_import_form_that_lacks_something_is_shown_again():
    assert sent("/setup/areas/import", {"system": "WGS-84"}).status_code == 422


def test_somebody_elses_import_is_as_good_as_absent():
    a_city()
    row = an_import(a_csv(PREMISES, a_shop("S1")))
    local = Actor(id=8, name="别人", grants=an_actor("places.manage", area="441900/006/").grants)

    with pytest.raises(Import.DoesNotExist):
        asked(f"/setup/premises/import/{row.pk}", local)


def test_a_form_corrects_premises_and_shows_what_is_wrong():
    a_registered_shop()
    values = {
        "kind": "building",
        "name": "新楼",
        "lon": "113.73",
        "lat": "23.01",
        "status": "vacant",
    }

    assert sent("/setup/premises/S1/edit", values).status_code == 302
    wrong = sent("/setup/premises/S1/edit", values | {"lon": "23.01", "lat": "113.73"})

    assert premises_by_code("S1").status == 2
    assert wrong.status_code == 422


def test_the_label_holds_the_address_of_the_door(settings):
    settings.PUBLIC_ADDRESS = "https://city.example/"
    a_registered_shop()

    page = text_of(asked("/setup/premises/labels?codes=S1"))

    assert page.count("<svg") - page.count('<svg class="icon') == 1
    with pytest.raises(Premises.DoesNotExist):
        asked("/p/nowhere")


def test_an_area_is_renamed_and_closed_by_its_page():
    a_city()

    assert sent("/setup/areas/rename/441900/004/09/", {"name": "九网格"}).status_code == 302
    refused = sent("/setup/areas/close/441900/004/09/", {"on": "2026-03-02", "replaced_by": "404"})
    closed = sent("/setup/areas/close/441900/004/09/", {"on": "2026-03-02", "replaced_by": ""})

    assert (refused.status_code, closed.status_code) == (422, 302)
    assert "九网格" in text_of(asked("/setup/areas/at/441900/004/09/"))


def test_every_problem_has_its_sentence():
    import re  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    source = "".join(
        path.read_text()
        for folder in ("rules", "actions")
        for path in Path(f"gongzhi/places/{folder}").glob("*.py")
    )
    named = set(re.findall(r'(?:refuse|note)\(\s*n, "(\w+)"', source))
    named |= set(re.findall(r'Problem\([^"]*?, "(\w+)"', source))
    named |= set(re.findall(r'UnreadableFile\(\s*"(\w+)"', source))

    assert named
    assert named <= flaws()


def test_a_search_costs_one_statement(django_assert_num_queries):
    a_registered_shop()

    with django_assert_num_queries(1):
        search_premises(an_actor(), where=PremisesFilter(text="和顺百"))
