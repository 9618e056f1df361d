from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import resolve

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import OutOfReach
from gongzhi.catalogue import actions, queries
from gongzhi.catalogue.tests.builders import MANAGER, MONDAY, VIEWER, a_draft, an_actor, an_item
from gongzhi.catalogue.tests.test_import import SAMPLE, STANDARDS

pytestmark = pytest.mark.django_db


class _Messages(list):
    def add(self, level, message, extra_tags=""):
        self.append(message)


def ask(path, *, actor=VIEWER, data=None):
    request = RequestFactory().get(path) if data is None else RequestFactory().post(path, data)
    request.actor = actor
    request._messages = _Messages()
    found = resolve(path.split("?")[0])
    return found.func(request, *found.args, **found.kwargs)


def page(path, **more):
    answer = ask(path, **more)
    return answer.status_code, answer.content.decode()


def sent(draft, **more):
    values = {
        f"item-{key}": value for key, value in vars(draft).items() if value not in {None, False}
    }
    values["item-synonyms"] = "、".join(draft.synonyms)
    values |= {"standards-TOTAL_FORMS": 2, "standards-INITIAL_FORMS": 2}
    values |= {"questions-TOTAL_FORMS": 1, "questions-INITIAL_FORMS": 1}
    for number, standard in enumerate(draft.standards):
        values[f"standards-{number}-when_counts"] = standard.when_counts
        values[f"standards-{number}-when_done"] = standard.when_done
        values[f"standards-{number}-limit"] = standard.limit_words
    for number, question in enumerate(draft.questions):
        values |= {
            f"questions-{number}-text": question.text,
            f"questions-{number}-kind": question.kind,
        }
        values[f"questions-{number}-required"] = "on"
    values |= {"revision-valid_from": "2030-01-01", "revision-based_on": 1}
    return {k: v for k, v in values.items() if not isinstance(v, tuple)} | more


def test_the_list_is_searched_filtered_paged_and_exported():
    actions.load_content(actor=MANAGER, at=MONDAY)

    status, text = page("/setup/items?q=沙井盖")
    assert (status, "排水井盖" in text, "行道树" in text) == (200, True, False)
    status, text = page("/setup/items?department=sifa")
    assert text.count("<tr>") == 7
    status, text = page("/setup/items?after=P0101")
    assert '/setup/items/P0101"' not in text
    assert "after=" in text
    assert ask("/setup/items/export.csv?department=sifa").content.count(b"\r\n") == 7
    assert ask("/setup/items/export.xlsx").content[:2] == b"PK"


def test_an_empty_catalogue_teaches_the_first_step():
    assert "/setup/items/import" in page("/setup/items", actor=MANAGER)[1]


def test_an_item_shows_its_standards_matrix_questions_and_versions():
    an_item()

    status, text = page("/setup/items/P0101")

    assert status == 200
    for words in ("井盖缺失或移位", "2紧急工作时", "井口是否露空？", "窨井盖"):
        assert words in text
    assert "revise" not in text


def test_revising_shows_the_difference_first_and_writes_when_confirmed():
    an_item()
    form = sent(a_draft(name="雨水井盖"))

    status, text = page("/setup/items/P0101/revise", actor=MANAGER, data=form)
    assert (status, "<del>排水井盖</del>" in text) == (200, True)
    assert len(queries.versions("P0101")) == 1

    answer = ask("/setup/items/P0101/revise", actor=MANAGER, data=form | {"step": "confirm"})
    assert answer.status_code == 302
    assert queries.versions("P0101")[-1].name == "雨水井盖"
    assert queries.versions("P0101")[-1].standards[0].urgent


def test_emptying_a_row_removes_the_standard():
    an_item()
    form = sent(a_draft()) | {"standards-1-when_counts": "", "step": "confirm"}

    ask("/setup/items/P0101/revise", actor=MANAGER, data=form)

    assert len(queries.versions("P0101")[-1].standards) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("standards-0-limit", "尽快"),
        ("revision-valid_from", "0000-00-00"),
        ("revision-valid_from", "9999-12-31"),
        ("revision-valid_from", "2001-01-01"),
        ("item-name", ""),
        ("item-name", "长" * 20_000),
        ("item-report_photos", "99"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(field, value):
    an_item()
    form = sent(a_draft(name="雨水井盖")) | {"step": "confirm", field: value}

    status, text = page("/setup/items/P0101/revise", actor=MANAGER, data=form)

    assert (status, 'class="error"' in text) == (422, True)
    assert len(queries.versions("P0101")) == 1


def test_a_new_item_is_added_and_a_taken_code_is_refused():
    form = sent(a_draft(code="E9999", family="event")) | {"revision-valid_from": "2020-01-01"}

    assert ask("/setup/items/new", actor=MANAGER, data=form).status_code == 302
    assert page("/setup/items/new", actor=MANAGER, data=form)[0] == 422


def test_retiring_asks_for_a_day_that_makes_sense():
    an_item()

    assert page("/setup/items/P0101/retire", actor=MANAGER, data={"on": "2001-01-01"})[0] == 422
    assert (
        ask("/setup/items/P0101/retire", actor=MANAGER, data={"on": "2030-01-01"}).status_code
        == 302
    )
    assert queries.versions("P0101")[-1].valid_to == date(2030, 1, 1)


def test_a_table_is_checked_then_confirmed():
    choices = {"valid_from": "2020-01-01", "odd_limits": "leave_out"}
    upload = SimpleUploadedFile("表.tsv", SAMPLE.encode("gb18030"))

    status, text = page("/setup/items/import", actor=MANAGER, data=choices | {"file": upload})
    assert (status, "1紧急工作时制止" in text) == (200, True)
    assert queries.versions("P0101") == ()

    draft = text.split("/setup/items/import/")[1].split('"')[0]
    assert ask(f"/setup/items/import/{draft}", actor=MANAGER, data=choices).status_code == 302
    assert queries.versions("P0101")[-1].name == "供水井盖"


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0", STANDARDS[3:].encode(), b"a,b\n1,2\n"])
def test_a_file_that_is_no_table_is_refused_beside_its_field(content):
    data = {"valid_from": "2020-01-01", "odd_limits": "leave_out"}
    data["file"] = SimpleUploadedFile("x.csv", content)

    status, text = page("/setup/items/import", actor=MANAGER, data=data)

    assert (status, 'class="error"' in text) == (422, True)


def test_the_matrix_tells_who_would_handle_it_here():
    actions.load_content(actor=MANAGER, at=MONDAY)

    status, text = page("/setup/matrix?code=排水井盖&area_path=441900/004/")

    assert status == 200
    assert "共治示范权责清单" in text
    assert "排水井盖 → 水务局" in text
    assert page("/setup/matrix?code=X&area_path=nowhere")[0] == 200


def test_a_matrix_row_is_added_and_ended():
    form = {"scope": "part:01", "handler": "shuiwu@town", "joint": "gongan、chengguan@town",
            "finder": "grid_officer", "verifier": "grid_officer", "priority": "0",
            "valid_from": "2020-01-01"}  # fmt: skip

    assert ask("/setup/matrix", actor=MANAGER, data=form).status_code == 302
    [row] = queries.matrix_rows()
    assert row.joint == ("gongan", "chengguan@town")
    assert page("/setup/matrix", actor=MANAGER, data=form | {"handler": "谁"})[0] == 422

    assert (
        ask(f"/setup/matrix/{row.id}/end", actor=MANAGER, data={"on": "2026-01-01"}).status_code
        == 302
    )
    assert queries.matrix_rows()[0].valid_to == date(2026, 1, 1)


def test_a_tip_is_added_and_ended():
    form = {
        "scope": "*",
        "tip": "早上再报",
        "starts": "22:00",
        "ends": "06:00",
        "valid_from": "2020-01-01",
    }

    assert page("/setup/no-report", actor=MANAGER, data=form | {"ends": ""})[0] == 422
    assert ask("/setup/no-report", actor=MANAGER, data=form).status_code == 302
    assert "早上再报" in page("/setup/no-report")[1]
    [row] = queries.no_report_rows()
    assert ask(f"/setup/no-report/{row.id}/end", actor=MANAGER, data={}).status_code == 302


DOORS = [
    "/setup/items",
    "/setup/items/P0101",
    "/setup/items/export.xlsx",
    "/setup/matrix",
    "/setup/no-report",
]
DEEDS = ["/setup/items/new", "/setup/items/import", "/setup/items/P0101/revise"]


@pytest.mark.parametrize("path", DOORS + DEEDS)
def test_nobody_passes_without_a_grant(path):
    assert ask(path, actor=ANONYMOUS).status_code == 302
    with pytest.raises(OutOfReach):
        ask(path, actor=an_actor())


@pytest.mark.parametrize("path", DEEDS)
def test_whoever_may_only_look_finds_no_form(path):
    with pytest.raises(OutOfReach):
        ask(path)


@pytest.mark.parametrize("path", ["/setup/matrix", "/setup/no-report"])
def test_whoever_may_only_look_cannot_add_a_row(path):
    form = {"scope": "*", "tip": "x", "handler": "item", "finder": "a", "verifier": "a",
            "priority": "0", "valid_from": "2020-01-01"}  # fmt: skip

    with pytest.raises(OutOfReach):
        ask(path, data=form)


@pytest.mark.parametrize(
    "path", ["/setup/items/NONE", "/setup/items/%00", "/setup/items/P0101/revise"]
)
def test_an_item_that_is_not_there_is_not_found(path):
    with pytest.raises(OutOfReach):
        ask(path, actor=MANAGER)
