"""The pages: what they show, what they open, what they say when something is missing."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from gongzhi.accounts.tests.builders import trail
from gongzhi.insight import actions
from gongzhi.insight.actions import refreshing
from gongzhi.insight.capabilities import Can
from gongzhi.insight.models import SavedView
from gongzhi.insight.queries import analyses, saved_views
from gongzhi.insight.rules.dims import DIMS
from gongzhi.insight.rules.measures import PIVOTED
from gongzhi.insight.tests.builders import NOW, TOWN, a_door, a_fact, a_store
from tests.cast import MONDAY, a_town
from tests.doors import signed_in
from tests.test_moves import a_report

pytestmark = pytest.mark.django_db


class Town:
    """A town with one matter of the register and its facts, some more facts, and somebody who may look."""

    def __init__(self):
        self.cast = a_town()
        self.matter = a_report(self.cast).matter
        a_fact(
            "2026-11-22 10:00", matter_id=self.matter.id, item_id=self.cast.item.id, return_count=1
        )
        for day in range(1, 21):
            a_fact(
                f"2026-11-{day:02d} {day:02d}:10",
                item_id=self.cast.item.id,
                unit_id=self.cast.units["water"].pk,
            )
            a_fact(f"2025-11-{day:02d} 09:10", item_id=self.cast.item.id, took=60)
        self.client = signed_in(self.cast.people["tan"])

    def get(self, page, **query):
        return self.client.get(page, query)


@pytest.fixture(name="town")
def _town():
    town = Town()
    with a_store() as store:
        refreshing.refresh(store, at=NOW)
        with a_door(store):
            yield town


def charts(answer):
    text = answer.content.decode()
    parts = text.split('<script type="application/json">')[1:]
    return [json.loads(part.split("</script>")[0]) for part in parts]


def test_every_analysis_shows_its_figures_charts_and_definition_and_goes_into_a_file(town):
    for code, row in analyses().items():
        answer = town.get(f"/insight/{code}", since="2025-11-01", until="2026-11-23")

        assert answer.status_code == 200, code
        assert row.definition in answer.content.decode(), code
        assert charts(answer) or code in {"hotspots"}, code
        for form in ("csv", "xlsx"):
            assert town.get(f"/insight/{code}.{form}", until="2026-11-23").status_code == 200, code
    assert {entry.subject for entry in trail(verb="insight.export")} == {
        f"analysis:{code}" for code in analyses()
    }


def test_the_overview_leads_to_every_analysis(town):
    text = town.get("/insight").content.decode()

    assert all(f'href="/insight/{code}"' in text for code in analyses())


def test_a_figure_opens_as_many_matters_as_it_says(town):
    answer = town.get("/insight/ontime", dim="unit", since="2026-11-01", until="2026-11-23")
    [unit] = [row for row in answer.context["shown"].rows if row[0].text == "水务局"]
    handled = unit[2]

    address = urlsplit(handled.href)
    opened = town.client.get(address.path, dict(parse_qsl(address.query)))

    assert (handled.value, opened.context["listed"].total) == (20, 20)
    assert opened.context["listed"].hidden == 20  # facts without a matter in this register


def test_a_matter_behind_a_figure_is_listed_with_its_number(town):
    answer = town.get("/insight/matters", day="2026-11-22")

    assert town.matter.number in answer.content.decode()
    assert (
        town.matter.number in b"".join(town.get("/insight/matters.csv", day="2026-11-22")).decode()
    )


def test_dimensions_and_measures_of_every_sort_fit_into_a_pivot(town):
    for index, dim in enumerate([*DIMS][::3]):
        some = [PIVOTED[(index * 3 + step) % len(PIVOTED)] for step in range(3)]
        query = {
            "rows": dim,
            "measure": [*some, "p50_hours"],
            "across": "source",
            "since": "2025-11-01",
            "until": "2026-11-23",
        }

        answer = town.client.get("/insight/pivot", query)

        assert answer.status_code == 200, dim
        assert answer.context["shown"].rows, dim


def test_a_pivot_of_cells_has_a_map_whose_cells_open_their_matters(town):
    cells = town.get("/insight/pivot", rows="block").context["shown"].cells["features"]

    assert cells
    assert all(cell["properties"]["url"].startswith("/insight/matters?") for cell in cells)


@pytest.mark.parametrize(
    "query", [{"since": "x"}, {"until": "1999-01-01"}, {"area": "no/"}, {"hour": "99999999999999"}]
)
def test_what_cannot_be_asked_is_told_and_the_page_is_shown(town, query):
    answer = town.get("/insight/times", **query)

    assert answer.status_code == 200
    assert answer.context["problem"]


def test_without_a_lake_every_page_says_so_in_a_sentence(settings, tmp_path):
    settings.LAKE_SOCKET = tmp_path / "none.sock"
    client = signed_in(a_town().people["tan"])

    for page in (
        "/insight",
        "/insight/trend",
        "/insight/pivot",
        "/insight/matters",
        "/insight/trend.csv",
    ):
        answer = client.get(page)
        assert (answer.status_code, "分析服务没有运行" in answer.content.decode()) == (409, True), (
            page
        )
    assert client.get("/insight/saved").status_code == 200


def test_unknown_analyses_and_forms_are_absent(town):
    assert [town.get(page).status_code for page in ("/insight/moon", "/insight/trend.exe")] == [
        404,
        404,
    ]


def test_who_may_not_look_finds_nothing():
    cast = a_town()

    assert signed_in(cast.people["omar"]).get("/insight").status_code == 404
    assert Client().get("/insight").status_code == 302


def test_a_question_is_kept_shared_opened_by_a_colleague_and_forgotten(town):
    lin = signed_in(town.cast.people["lin"])
    town.client.post("/insight/saved/keep", {"name": "镇街周报", "query": "rows=town"})
    view = SavedView.objects.get()
    assert "镇街周报" not in lin.get("/insight/saved").content.decode()

    town.client.post(f"/insight/saved/{view.pk}/share")

    assert "镇街周报" in lin.get("/insight/saved").content.decode()
    assert lin.post(f"/insight/saved/{view.pk}/forget").status_code == 404
    town.client.post(f"/insight/saved/{view.pk}/forget")
    assert not SavedView.objects.exists()


def test_a_shared_question_is_seen_above_and_below_its_area_and_nowhere_else():
    cast = a_town()
    view = actions.save_view(name="周报", query="rows=town", actor=cast.actor("tan"), at=MONDAY)
    actions.share_view(view_id=view.pk, actor=cast.actor("tan"), at=MONDAY)
    from gongzhi.base.tests.builders import an_actor  # noqa: PLC0415

    def sees(area):
        return saved_views(an_actor(Can.VIEW, area=area)).exists()

    assert [sees(area) for area in ("", "441900/", TOWN, TOWN + "012/", "441900/005/")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    actions.unshare_view(view_id=view.pk, actor=cast.actor("tan"), at=MONDAY)
    assert not sees(TOWN)
