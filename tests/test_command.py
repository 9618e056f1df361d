"""The command screens: what the map draws, who must answer an alarm, what a screen remembers."""

import gzip
import json
from datetime import timedelta

import mapbox_vector_tile
import pytest
from django.test import Client

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.command import actions, queries
from gongzhi.command.models import Acknowledgement, Alarm, ScreenVersion
from gongzhi.command.queries import Choice
from gongzhi.command.rules.tiles import tile_at
from gongzhi.figures import actions as figures
from tests.cast import GRID, IN_GRID, MONDAY, OTHER_GRID, TOWN, VILLAGE, a_town
from tests.doors import signed_in
from tests.test_moves import a_report, brought_to, do

pytestmark = pytest.mark.django_db

CITY = "441900/"
STREET, AFAR = tile_at(*IN_GRID, 15), tile_at(*IN_GRID, 9)


def minutes(n):
    return MONDAY + timedelta(minutes=n)


def drawn(tile):
    content = gzip.decompress(tile.content)
    if not content:
        return {}
    layers = mapbox_vector_tile.decode(content)
    return {
        name: [feature["properties"] for feature in layer["features"]]
        for name, layer in layers.items()
    }


def an_urgent_matter(cast):
    """Return a matter that somebody marked as urgent at the counter, with its alarm rung."""
    matter = a_report(cast).matter
    matter.is_urgent = True
    matter.save(update_fields=["is_urgent"])
    actions.ring(matter_id=matter.pk)
    return matter


def faces(cast, who, at, area=CITY):
    return [str(ring.face) for ring in queries.alarms(cast.actor(who, at), area=area, at=at)]


# The map ----------------------------------------------------------------------------------------


def test_from_close_by_each_open_matter_is_a_point_with_its_clock():
    cast = a_town()
    matter = a_report(cast).matter
    brought_to(cast, "closed", lon=113.76, lat=23.03)

    [point] = drawn(queries.matters_tile(cast.actor("tan"), STREET, Choice(), at=MONDAY))["points"]

    assert point == {
        "number": matter.number, "title": matter.title, "state": "to_verify", "label": "待核实", "clock": "ok",
        "urgent": False,
    }  # fmt: skip


def test_from_afar_matters_are_summed_by_cell_and_the_late_ones_told_apart():
    cast = a_town()
    a_report(cast)
    a_report(cast, lon=113.7512, lat=23.0212)
    later = MONDAY + timedelta(days=2)

    [cell] = drawn(queries.matters_tile(cast.actor("tan"), AFAR, Choice(), at=later))["cells"]

    assert cell == {"open": 2, "late": 2, "soon": 0, "urgent": 0}


def test_the_map_shows_what_was_chosen_and_nothing_else():
    cast = a_town()
    a_report(cast)
    tan = cast.actor("tan")

    def count(**chosen):
        tile = queries.matters_tile(tan, STREET, Choice(**chosen), at=MONDAY)
        return len(drawn(tile).get("points", []))

    assert count(clocks=frozenset({"ok"})) == 1
    assert count(clocks=frozenset({"late"})) == 0
    assert count(states=frozenset({"handling"})) == 0
    assert count(urgent=True) == 0
    assert count(sensor=True) == 0


@pytest.mark.parametrize("tile", [STREET, AFAR])
def test_a_tile_holds_only_what_its_viewer_reaches(tile):
    cast = a_town()
    a_report(cast)  # in the first grid

    assert drawn(queries.matters_tile(cast.actor("omar"), tile, Choice(), at=MONDAY))
    assert not drawn(queries.matters_tile(cast.actor("far"), tile, Choice(), at=MONDAY))


def test_a_tile_costs_two_statements_once_and_none_to_the_next_viewer(django_assert_num_queries):
    cast = a_town()
    for n in range(5):
        a_report(cast, lon=113.751 + n * 0.002)
    tan, mei = cast.actor("tan"), cast.actor("mei")
    queries.area_asked(tan, TOWN)

    with django_assert_num_queries(2):  # the towns' bounds, the matters
        queries.matters_tile(tan, STREET, Choice(), at=MONDAY)
    with django_assert_num_queries(0):
        queries.matters_tile(mei, STREET, Choice(), at=MONDAY)


def test_density_counts_reports_of_the_period_only():
    cast = a_town()
    a_report(cast)
    figures.consume(limit=100, at=MONDAY)
    tan, day = cast.actor("tan"), MONDAY.date()

    [cell] = drawn(queries.density_tile(tan, AFAR, since=day, until=day, at=MONDAY))["cells"]
    before = queries.density_tile(
        tan, AFAR, since=day - timedelta(days=9), until=day - timedelta(days=1), at=MONDAY
    )

    assert cell == {"n": 1, "shade": 1}
    assert drawn(before) == {}


def test_a_day_is_played_back_as_it_went():
    cast = a_town()
    a_report(cast)
    brought_to(cast, "closed", lon=113.76, lat=23.03)
    evening = minutes(10 * 60)

    found = queries.playback(cast.actor("tan"), area=TOWN, day=MONDAY.date(), at=evening)

    assert sorted(row[3] for row in found.rows) == [-1, 9 * 60]
    assert found.hours[9] == (2, 1)
    assert found.until == 19 * 60
    assert queries.playback(cast.actor("far"), area=TOWN, day=MONDAY.date(), at=evening).rows == []


def test_a_browser_that_has_the_tile_is_told_so_in_a_word():
    cast = a_town()
    a_report(cast)
    client = signed_in(cast.people["tan"])
    address = f"/command/map/matters/{STREET.z}/{STREET.x}/{STREET.y}.mvt"

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Content-Encoding"]) == (200, "gzip")
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/command/map/matters/3/9/9.mvt").status_code == 404


# Areas ------------------------------------------------------------------------------------------


def test_the_way_down_ends_where_the_reach_does():
    cast = a_town()
    tan, sun = cast.actor("tan"), cast.actor("sun")

    assert queries.area_asked(tan, "").path == TOWN
    assert queries.area_asked(sun, "").path == CITY
    assert [step.path for step in queries.crumbs(tan, queries.area_asked(tan, GRID))] == [
        TOWN, VILLAGE, GRID,
    ]  # fmt: skip
    assert [place.path for place in queries.found(tan, "网格", on=MONDAY.date())] == [
        GRID,
        OTHER_GRID,
    ]
    for elsewhere in (CITY, "441900/003/", "441900/004/012/99/"):
        with pytest.raises(OutOfReach):
            queries.area_asked(tan, elsewhere)


def test_each_area_below_says_what_is_open_and_how_many_are_on_shift_but_not_who():
    cast = a_town()
    a_report(cast)
    tan = cast.actor("tan")

    rows = queries.below(tan, queries.area_asked(tan, VILLAGE), at=MONDAY + timedelta(days=2))

    assert [(row.path, row.open, row.late, row.officers, row.on_shift) for row in rows] == [
        (GRID, 1, 1, 1, 0), (OTHER_GRID, 0, 0, 1, 0),
    ]  # fmt: skip
    assert "omar" not in str(rows).lower()


def test_the_board_tells_figures_and_news_and_catches_up_without_gap_or_double():
    cast = a_town()
    matter = a_report(cast).matter
    figures.consume(limit=100, at=MONDAY)
    client = signed_in(cast.people["tan"])
    first = client.get(f"/command/news.json?area={TOWN}").json()

    do(cast, matter, "verify")
    figures.consume(limit=100, at=MONDAY)
    after = client.get(f"/command/news.json?area={TOWN}&after={first['seq']}").json()

    assert [line["number"] for line in first["news"]] == [matter.number]
    assert [(line["seq"], line["move"]) for line in after["news"]] == [(first["seq"] + 1, "verify")]
    assert client.get(f"/command/news.json?area={TOWN}&after={after['seq']}").json()["news"] == []
    assert client.get(f"/command/news.json?area={TOWN}&after=999999").json()["reset"] is True
    tiles = {tile["code"]: tile for tile in client.get("/command/tiles.json").json()["tiles"]}
    assert tiles["open"]["payload"]["value"] == 1
    assert tiles["open"]["payload"]["href"] == "/desk/doing?area=441900%2F004%2F"


def test_the_page_stands_for_city_town_village_and_grid():
    cast = a_town()
    a_report(cast)
    figures.consume(limit=100, at=MONDAY)
    client = signed_in(cast.people["sun"])

    for area in ("", CITY, TOWN, VILLAGE, GRID):
        page = client.get(f"/command/{area}" if area else "/command")
        assert page.status_code == 200, area
        assert "command-settings" in page.content.decode()
    assert "数据为所在村（社区）的" in client.get(f"/command/{GRID}").content.decode()
    for elsewhere in ("441900/003/", "x"):
        assert client.get(f"/command/{elsewhere}").status_code == 404


def test_the_map_has_a_layer_of_sensors_where_they_reported_something_and_none_elsewhere():
    cast = a_town()
    matter = a_report(cast).matter
    client = signed_in(cast.people["sun"])
    layer = 'data-layer="sensors"'

    assert layer not in client.get("/command").content.decode()
    matter.source = "sensor"
    matter.save(update_fields=["source"])
    queries.forget()

    assert layer in client.get("/command").content.decode()
    tile = queries.matters_tile(cast.actor("sun"), STREET, Choice(sensor=True), at=MONDAY)
    assert [point["number"] for point in drawn(tile)["points"]] == [matter.number]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_chart_has_its_numbers_as_a_file(form):
    cast = a_town()
    brought_to(cast, "closed")
    figures.consume(limit=100, at=MONDAY)
    client = signed_in(cast.people["sun"])

    page = client.get(f"/command/charts?area={TOWN}").content.decode()

    for code in ("days", "rate", "hours", "areas", "states", "items", "sources"):
        assert f"/command/charts/{code}.{form}?area={TOWN}" in page or "还没有可画的数据" in page
        file = client.get(f"/command/charts/{code}.{form}?area={TOWN}")
        assert (file.status_code, "attachment" in file["Content-Disposition"]) == (200, True)
    assert client.get(f"/command/charts/nothing.{form}").status_code == 404


# Alarms -----------------------------------------------------------------------------------------


def test_an_urgent_matter_rings_once_at_the_desk_that_commands_it():
    cast = a_town()
    matter = an_urgent_matter(cast)
    actions.ring(matter_id=matter.pk)

    assert Alarm.objects.count() == 1
    assert faces(cast, "tan", MONDAY) == ["rings"]
    assert faces(cast, "duty", MONDAY) == ["waits"]


def test_what_the_town_does_not_acknowledge_in_time_the_city_must():
    cast = a_town()
    matter = an_urgent_matter(cast)
    late = minutes(5)

    [ring] = queries.alarms(cast.actor("duty"), area=CITY, at=late)
    assert (str(ring.face), ring.words) == ("missed", "南城街道到 09:05 仍未确认")
    assert ring.can_acknowledge

    actions.acknowledge(matter_id=matter.pk, actor=cast.actor("lin"), at=late)

    assert faces(cast, "duty", late) == ["heard"]
    [heard] = queries.alarms(cast.actor("tan"), area=TOWN, at=late)
    assert heard.words == "南城街道 Lin 09:05 已确认"


def test_a_desk_answers_once_and_the_first_answer_stands():
    cast = a_town()
    matter = an_urgent_matter(cast)

    first = actions.acknowledge(matter_id=matter.pk, actor=cast.actor("lin"), at=minutes(1))
    again = actions.acknowledge(matter_id=matter.pk, actor=cast.actor("tan"), at=minutes(2))

    assert first.pk == again.pk
    assert (again.by_name, again.desk_path) == ("Lin", TOWN)
    assert Acknowledgement.objects.count() == 1


def test_who_has_no_desk_in_the_area_cannot_answer():
    cast = a_town()
    matter = an_urgent_matter(cast)

    for who in ("sun", "omar"):
        with pytest.raises(OutOfReach):
            actions.acknowledge(matter_id=matter.pk, actor=cast.actor(who), at=MONDAY)


def test_an_alarm_leaves_with_its_matter_and_after_a_day():
    cast = a_town()
    matter = an_urgent_matter(cast)

    assert faces(cast, "tan", minutes(25 * 60)) == []
    do(cast, matter, "refuse", "mei", reason="误报")
    assert faces(cast, "tan", minutes(1)) == []


def test_the_list_of_alarms_costs_three_statements_however_many_there_are(
    django_assert_num_queries,
):
    cast = a_town()
    for n in range(3):
        matter = a_report(cast, lon=113.75 + n * 0.01).matter
        matter.is_urgent = True
        matter.save(update_fields=["is_urgent"])
        actions.ring(matter_id=matter.pk)
    tan = cast.actor("tan")

    with django_assert_num_queries(3):
        assert len(queries.alarms(tan, area=TOWN, at=MONDAY)) == 3


# Screens ----------------------------------------------------------------------------------------

ONE = {"pages": [{"seconds": 20, "tiles": [{"code": "open", "x": 0, "y": 0, "w": 3, "h": 2}]}]}
TWO = {"pages": [{"seconds": 20, "tiles": [{"code": "map", "x": 0, "y": 0, "w": 6, "h": 6}]}]}


def a_screen(cast, who="tan", start="template:town", unit="town"):
    return actions.compose(
        name="值班大屏", ratio="16:9", start=start, unit=cast.units[unit].pk, actor=cast.actor(who), at=MONDAY
    )  # fmt: skip


def test_a_screen_begins_with_a_composition_and_keeps_every_version():
    cast = a_town()
    tan = cast.actor("tan")
    screen = a_screen(cast)
    begun = queries.layout_of(screen)

    screen = actions.save(screen_id=screen.pk, layout=ONE, seen=1, actor=tan, at=MONDAY)
    same = actions.save(screen_id=screen.pk, layout=ONE, seen=2, actor=tan, at=MONDAY)
    screen = actions.restore(screen_id=screen.pk, number=1, actor=tan, at=MONDAY)

    assert (same.version, screen.version) == (2, 3)
    assert queries.layout_of(screen) == begun
    assert [one.number for one in queries.versions(screen)] == [3, 2, 1]
    assert ScreenVersion.objects.get(number=2).layout == ONE


def test_two_who_compose_at_once_do_not_overwrite_each_other():
    cast = a_town()
    screen = a_screen(cast)
    actions.save(screen_id=screen.pk, layout=ONE, seen=1, actor=cast.actor("tan"), at=MONDAY)

    with pytest.raises(Refused, match="Tan"):
        actions.save(screen_id=screen.pk, layout=TWO, seen=1, actor=cast.actor("tan"), at=MONDAY)


def test_a_screen_that_cannot_be_drawn_is_not_kept():
    cast = a_town()
    screen = a_screen(cast)
    client = signed_in(cast.people["tan"])
    twice = {"pages": [{"seconds": 20, "tiles": ONE["pages"][0]["tiles"] * 2}]}

    with pytest.raises(Invalid):
        actions.save(screen_id=screen.pk, layout=twice, seen=1, actor=cast.actor("tan"), at=MONDAY)
    for body in (json.dumps({"layout": twice, "version": 1}), "[]", "{"):
        answer = client.post(
            f"/command/screens/{screen.pk}/save", body, content_type="application/json"
        )
        assert answer.status_code == 422
    assert ScreenVersion.objects.count() == 1


def test_a_screen_is_its_units_until_it_is_shared():
    cast = a_town()
    screen = a_screen(cast, who="duty", start="template:city", unit="city")
    duty, sun, tan = cast.actor("duty"), cast.actor("sun"), cast.actor("tan")

    assert list(queries.visible_screens(sun)) == [screen]  # of the same unit
    assert list(queries.visible_screens(tan)) == []
    with pytest.raises(OutOfReach):
        actions.save(screen_id=screen.pk, layout=ONE, seen=1, actor=tan, at=MONDAY)

    actions.describe(screen_id=screen.pk, name="市级大屏", share="below", actor=duty, at=MONDAY)

    assert list(queries.visible_screens(tan)) == []  # the figures of the city stay the city's
    own = a_screen(cast, start=f"screen:{screen.pk}")
    assert own.area_path == TOWN
    assert queries.layout_of(own) == queries.layout_of(screen)


def test_nobody_composes_for_a_unit_that_is_not_theirs():
    cast = a_town()

    with pytest.raises(OutOfReach):
        a_screen(cast, unit="city")
    with pytest.raises(Invalid):
        a_screen(cast, start="screen:999")


def test_a_removed_screen_can_be_brought_back():
    cast = a_town()
    screen = a_screen(cast)
    client = signed_in(cast.people["tan"])

    client.post(f"/command/screens/{screen.pk}/remove")
    assert client.get(f"/command/screen/{screen.pk}").status_code == 404
    assert "值班大屏" in client.get("/command/screens?removed=1").content.decode()
    client.post(f"/command/screens/{screen.pk}/bring-back")

    assert client.get(f"/command/screen/{screen.pk}").status_code == 200


def test_the_pages_of_a_screen_lead_from_the_list_to_the_wall():
    cast = a_town()
    client = signed_in(cast.people["tan"])
    assert "还没有大屏" in client.get("/command/screens").content.decode()
    assert "镇街态势" in client.get("/command/screens/new").content.decode()

    said = {"name": "", "unit": cast.units["town"].pk, "start": "template:town", "ratio": "16:9"}
    assert client.post("/command/screens/new", said).status_code == 422
    made = client.post("/command/screens/new", said | {"name": "值班大屏"})

    editor = client.get(made["Location"])
    assert (made.status_code, editor.status_code) == (302, 200)
    answer = client.post(
        made["Location"].replace("edit", "save"),
        json.dumps({"layout": ONE, "version": 1}),
        content_type="application/json",
    )
    assert answer.json()["version"] == 2
    assert "第 2 版" in client.get("/command/screens?q=值班").content.decode()
    assert Client().get(made["Location"]).status_code == 302
