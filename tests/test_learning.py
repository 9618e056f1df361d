"""What the city learns from its register: suggestions a person decides on, forecasts with their error, the brief."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_unit, a_user
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.base.tests.builders import an_actor
from gongzhi.catalogue.tests.builders import an_item
from gongzhi.figures import actions as figures
from gongzhi.figures.tests.builders import a_fact
from gongzhi.learning import actions, queries, reactions
from gongzhi.learning.capabilities import Can
from gongzhi.learning.models import Brief, Decision, Trained
from gongzhi.learning.queries import stored
from gongzhi.matters.events import MatterMoved
from gongzhi.matters.models import Entry, Matter
from gongzhi.notices.models import Notice
from tests.cast import MONDAY, TOWN, Cast, a_town
from tests.doors import signed_in

pytestmark = pytest.mark.django_db

CITY = "441900/"
DAY = timedelta(days=1)
SAID = {
    "manhole": "路口排水井盖破损松动，车辆经过有异响",
    "rubbish": "小区门口暴露垃圾堆放，夏天气味难闻",
    "lamp": "人行道路灯不亮，晚上行人看不清",
}
PERSONS = (
    "，我叫王小明，电话13812345678", "，联系人李建国", "，张伟家门口", "，网格员陈志强来过",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_ruling():
    yield
    stored.forget()


class City:
    """The town of every journey with three items and as many settled matters as asked for."""

    def __init__(self, settled: int = 330) -> None:
        self.cast: Cast = a_town()
        self.items = {
            "manhole": self.cast.item,
            "rubbish": an_item(code="E0101", family="event", name="暴露垃圾", department="chengguan", department_name="城管局"),
            "lamp": an_item(code="P0117", name="路灯", department="chengguan", department_name="城管局"),
        }  # fmt: skip
        self.matters = Matter.objects.bulk_create(self._settled(n) for n in range(settled))

    def _settled(self, n: int) -> Matter:
        name = list(SAID)[n % 3]
        at = MONDAY - timedelta(days=100) + n * timedelta(hours=7)
        unit = self.cast.units["police" if name == "lamp" else "office"]
        return Matter(
            number=f"T{n:011d}", kind="incident", state="closed", is_open=False, title=name, source="portal",
            text=SAID[name] + PERSONS[n % 4], item_id=self.items[name].id, area_path=f"441900/004/{n % 7:03d}/01/",
            district=TOWN, placed_on=at.date(), lead_unit=unit, unit_ids=[unit.id], reported_at=at, changed_at=at,
            closed_at=at + timedelta(hours=10 + n % 5),
        )  # fmt: skip


def a_reader(area: str = CITY, *capabilities: str) -> Any:
    return an_actor(Can.VIEW, *capabilities, area=area)


def supervisor(cast: Cast) -> Client:
    return signed_in(cast.people["sun"])


def html(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return answer.content.decode()


def test_an_item_and_a_unit_are_suggested_for_new_words_with_reasons():
    city = City()

    rows = {row.subject: row for row in actions.retrain(at=MONDAY)}
    items = queries.suggested_items("村口井盖松动", on=MONDAY.date())
    units = queries.suggested_units(
        "晚上路灯不亮", item_id=city.items["lamp"].id, area_path=TOWN, on=MONDAY.date()
    )

    assert rows["item"].is_ruling
    assert rows["item"].first_count / rows["item"].judged_count > 0.95
    assert rows["item"].frequent_count < rows["item"].first_count
    assert items[0].id == city.items["manhole"].id
    assert {"井盖", "松动"} & set(items[0].because)
    assert units[0].id == city.cast.units["police"].id


def test_nothing_of_a_person_enters_a_model():
    City(settled=360)
    Matter.objects.filter(number__endswith="7").update(
        text="举报张大山吸毒，身份证441900199001011234"
    )

    rows = actions.retrain(at=MONDAY)

    for row in rows:
        with default_storage.open(row.file) as stream:
            content = stream.read()
        for part in (
            "王小明",
            "小明",
            "李建国",
            "建国",
            "张伟",
            "陈志强",
            "志强",
            "张大山",
            "13812345678",
            "441900199001011234",
        ):
            assert part.encode() not in content, part
        assert hashlib.sha256(content).hexdigest() == row.sha256
        assert row.left_out_count == 36
        held = stored.ruling(row.subject)
        assert held is not None
        assert not [
            word for word in held.model.features if any(map(str.isdigit, word)) and "#" not in word
        ]


def test_too_few_settled_matters_are_not_learned_from_and_the_page_says_so():
    city = City(settled=20)

    rows = actions.retrain(at=MONDAY)

    assert [(row.is_ruling, row.needed_count) for row in rows] == [(False, 300)] * 2
    assert queries.suggested_items("井盖", on=MONDAY.date()) == []
    assert "已办结事件太少" in html(supervisor(city.cast), "/learning/suggestions")


def moved(
    city: City, matter: Matter, move: str, *, unit: int | None = None, by: int = 5
) -> MatterMoved:
    return MatterMoved(
        matter.id, matter.number, "incident", matter.title, move, "", "", "", "", None, None, unit, None,
        is_urgent=False, actor_id=by, at=MONDAY,
    )  # fmt: skip


def test_what_people_choose_is_set_beside_what_was_suggested_without_who():
    city = City()
    actions.retrain(at=MONDAY)
    agreed, other, automatic = city.matters[:3]
    Matter.objects.filter(pk=other.pk).update(text=SAID["lamp"])  # item: rubbish

    reactions.note_decision(moved(city, agreed, "register"))
    reactions.note_decision(moved(city, other, "register"))
    reactions.note_decision(moved(city, other, "register"))
    reactions.note_decision(
        moved(city, automatic, "dispatch", unit=city.cast.units["office"].id, by=0)
    )
    reactions.note_decision(moved(city, agreed, "hand_in"))

    assert list(Decision.objects.order_by("rank").values_list("chosen", "rank")) == [
        ("E0101", 0), ("P0101", 1),
    ]  # fmt: skip
    total, weeks = queries.accepted(a_reader(), "item", at=MONDAY + DAY)
    assert (total.decisions, total.first_percent, weeks[0].other) == (2, 50, 1)
    assert queries.accepted(a_reader("441900/003/"), "item", at=MONDAY + DAY)[0].decisions == 0
    page = html(supervisor(city.cast), "/learning/suggestions")
    assert other.number in page
    assert agreed.number not in page


def test_suggestions_come_to_the_clerk_as_choices_and_buttons_within_reach():
    city = City()
    actions.retrain(at=MONDAY)
    mei = signed_in(city.cast.people["mei"])
    matter = city.matters[0]

    typed = mei.post(
        "/learning/suggest/items", {"text": SAID["lamp"], "item": city.items["lamp"].id}
    )
    shown = html(mei, f"/learning/matters/{matter.number}/suggest/item")

    assert f'value="{city.items["lamp"].id}" checked' in typed.content.decode()
    assert f'data-value="{city.items["manhole"].id}"' in shown
    assert mei.get(f"/learning/matters/{matter.number}/suggest/price").status_code == 404
    elsewhere = a_user()
    a_posting(
        user=elsewhere,
        role="registrar",
        unit=a_unit(code="x", area_path="441900/003/"),
        area_path="441900/003/",
    )
    accounts.forget()
    assert signed_in(elsewhere).get(f"/learning/matters/{matter.number}/similar").status_code == 404


def test_pages_do_without_suggestions_when_the_file_of_a_model_is_gone():
    city = City()
    for row in actions.retrain(at=MONDAY):
        default_storage.delete(row.file)
    stored.forget()

    found = signed_in(city.cast.people["mei"]).post("/learning/suggest/items", {"text": "井盖"})

    assert found.content.decode().strip() == ""
    assert "模型文件无法读取" in html(supervisor(city.cast), "/learning/suggestions")


def test_an_earlier_version_is_put_in_force_by_whoever_answers_for_the_whole_city():
    City()
    first = actions.retrain(at=MONDAY)[0]
    second = actions.retrain(at=MONDAY + DAY)[0]
    town, city = a_reader(TOWN, Can.TRAIN), a_reader(CITY, Can.TRAIN)

    with pytest.raises(OutOfReach):
        actions.choose_version(trained_id=first.pk, actor=town, at=MONDAY)
    actions.choose_version(trained_id=first.pk, actor=city, at=MONDAY)

    assert list(Trained.objects.filter(is_ruling=True, subject="item")) == [first]
    Trained.objects.filter(pk=second.pk).update(file="")
    with pytest.raises(Refused):
        actions.choose_version(trained_id=second.pk, actor=city, at=MONDAY)


def test_similar_settled_matters_say_what_was_done_and_how_long_it_took():
    city = City()
    actions.retrain(at=MONDAY)
    alike = city.matters[0]
    Entry.objects.create(
        matter=alike, seq=1, at=MONDAY, move="hand_in", note="已更换井盖", hash="x"
    )
    mine = Matter.objects.create(
        number="T99999999999", kind="incident", state="closed", is_open=False, title="x", source="portal",
        text=alike.text, item_id=alike.item_id, area_path=alike.area_path, district=TOWN, placed_on=MONDAY.date(),
        reported_at=MONDAY, changed_at=MONDAY,
    )  # fmt: skip
    mei = city.cast.actor("mei")

    with CaptureQueriesContext(connection) as sent:
        found = queries.similar_matters(mine, mei, on=MONDAY.date())

    assert len(sent) <= 6
    assert found.looked_at == 110
    assert len(found.rows) == 5
    assert all(row.percent > 50 and row.unit == "水务局南城分局" for row in found.rows)
    page = html(signed_in(city.cast.people["mei"]), f"/learning/matters/{mine.number}/similar")
    assert "相似的已办结事件" in page


# Forecasts


def facts_of_days(days: int, until: date, *, town: str = TOWN, group: str = "E01") -> None:
    """Keep two facts a workday and one a day of the weekend."""
    for back in range(days):
        on = until - back * DAY
        for hour in range(1 if on.weekday() > 4 else 2):
            at = datetime.combine(on, datetime.min.time(), tzinfo=MONDAY.tzinfo) + timedelta(
                hours=9 + hour
            )
            a_fact(
                item_id=None,
                area_path=f"{town}012/01/",
                item_class=group,
                reported_at=at,
                closed_at=at + DAY,
            )


@pytest.fixture
def counted():
    cast = a_town()
    yesterday = MONDAY.date() - DAY
    facts_of_days(77, yesterday)
    facts_of_days(77, yesterday, town="441900/003/", group="P01")
    return cast


def test_a_forecast_adds_up_shows_its_error_and_keeps_its_cut_off(counted):
    version = actions.forecast(at=MONDAY)

    assert (version.cutoff, version.needed_days) == (MONDAY.date() - DAY, 0)
    series = {(one.area_path, one.item_class): one for one in version.series.all()}
    towns = [one for (path, group), one in series.items() if path != CITY and not group]
    assert len(towns) == 2
    whole = series[CITY, ""]
    assert whole.ahead == pytest.approx(
        [sum(day) for day in zip(*(t.ahead for t in towns), strict=True)], abs=0.02
    )
    assert whole.wape is not None
    assert whole.naive_wape is not None
    assert series[CITY, "E01"].ahead[0] == pytest.approx(2, abs=0.3)
    assert series[CITY, "E01"].ahead[5] == pytest.approx(1, abs=0.3)  # a Saturday


def test_a_town_sees_its_own_forecast_and_no_other(counted):
    actions.forecast(at=MONDAY)
    client = signed_in(counted.people["tan"])

    page = html(client, "/learning/forecast")

    assert "南城街道" in page
    assert client.get("/learning/forecast?area=441900/").status_code == 404
    taken = b"".join(client.get("/learning/forecast/export.csv")).decode()
    assert taken.count("南城街道") == 28  # two series, fourteen days
    assert "东莞市" not in taken
    assert signed_in(counted.people["omar"]).get("/learning/forecast").status_code == 404


def test_last_weeks_forecast_is_held_against_what_came(counted):
    actions.forecast(at=MONDAY - 7 * DAY)
    version = actions.forecast(at=MONDAY)

    earlier, past = queries.looked_back(a_reader(), version, area_path=CITY)

    assert earlier is not None
    assert [day.on for day in past] == [MONDAY.date() - n * DAY for n in range(7, 0, -1)]
    assert [day.came for day in past] == [4, 4, 4, 4, 4, 2, 2]


def test_a_short_history_is_not_forecast_and_the_page_says_how_much_is_needed():
    cast = a_town()
    facts_of_days(20, MONDAY.date() - DAY)

    version = actions.forecast(at=MONDAY)

    assert (version.series_count, version.needed_days) == (0, 70)
    assert "满 70 天后" in html(supervisor(cast), "/learning/forecast")


def test_the_page_of_the_forecast_costs_few_statements(counted):
    actions.forecast(at=MONDAY)
    client = supervisor(counted)
    client.get("/learning/forecast")

    with CaptureQueriesContext(connection) as sent:
        client.get("/learning/forecast")

    assert len(sent) <= 16


# The brief


@pytest.fixture
def told(counted):
    a_fact(
        item_id=None,
        area_path=f"{TOWN}012/01/",
        reported_at=MONDAY - 6 * timedelta(hours=3),
        is_urgent=True,
        is_open=True,
        state="handling",
        closed_at=None,
    )
    figures.rebuild(at=MONDAY)
    actions.forecast(at=MONDAY)
    return counted


def lines(row: Brief) -> dict[str, dict[str, Any]]:
    return {line["code"]: line for line in row.lines}


def test_a_brief_is_sentences_of_figures_each_with_source_and_list(told):
    rows = {row.area_path: row for row in actions.write_briefs(at=MONDAY)}

    town = lines(rows[TOWN])
    assert town["reported_more"]["zh"] == "昨日上报事件 2 件，比上周同日（1 件）多 1 件。"
    assert town["urgent"]["zh"] == "昨日上报的紧急事件 1 件，其中 1 件尚未办结。"
    assert "since=2026-11-22&until=2026-11-22" in town["reported_more"]["href"]
    assert town["ahead"]["href"].startswith("/learning/forecast?area=441900%2F004%2F")
    assert all(line["source_zh"] and line["zh"] for row in rows.values() for line in row.lines)
    assert CITY in rows


def test_a_brief_whose_figures_changed_gets_a_further_version_and_the_first_stays(told):
    first = {row.area_path: row for row in actions.write_briefs(at=MONDAY)}[TOWN]
    assert actions.write_briefs(at=MONDAY, areas=[TOWN]) == []

    a_fact(item_id=None, area_path=f"{TOWN}012/01/", reported_at=MONDAY - timedelta(hours=20))
    figures.rebuild(at=MONDAY)
    (second,) = actions.write_briefs(at=MONDAY, areas=[TOWN])

    assert (first.version, second.version) == (1, 2)
    kept = queries.brief_of(a_reader(), area_path=TOWN, day=MONDAY.date() - DAY, version=1)
    assert "2 件" in kept.sections[0].sentences[0].text


def test_those_on_duty_are_told_and_read_print_and_take_it_away(told):
    rows = actions.write_briefs(at=MONDAY)
    actions.tell_of_briefs(rows, at=MONDAY)
    tan, day = signed_in(told.people["tan"]), "2026-11-22"

    notice = Notice.objects.get(person=told.people["tan"])
    page = html(tan, notice.link)

    assert "昨日上报事件 2 件" in notice.text
    assert "南城街道每日简报" in page
    for form, begin in (("pdf", b"%PDF-"), ("docx", b"PK")):
        paper = tan.get(f"/learning/brief/paper.{form}?area={TOWN}&day={day}")
        assert paper.content.startswith(begin)
    assert tan.get(f"/learning/brief/paper.pdf?area={CITY}&day={day}").status_code == 404
    assert tan.get(f"/learning/brief?area={CITY}").status_code == 404
