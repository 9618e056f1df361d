"""Completeness, filling, scores, and the definitions of all papers; no database."""

from datetime import date
from decimal import Decimal

import pytest

from gongzhi.dossiers import queries, rules
from gongzhi.dossiers.queries.writing import HANDS, LISTS

ON = date(2026, 11, 23)


def missing(circumstances, there):
    found = rules.standings(
        queries.places(ON), circumstances=set(circumstances), there=set(there), why={}
    )
    return [one.place.code for one in rules.missing(found)]


def test_a_written_agreement_asks_for_more_than_an_oral_one():
    always = {"application", "notice", "identity"}

    assert missing({"written", "mediated", "agreed"}, always) == ["record", "agreement", "visit"]
    assert missing({"oral", "mediated", "agreed"}, always) == ["record", "oral", "visit"]
    assert missing({"ended"}, always) == ["termination"]
    assert missing(set(), set()) == ["application", "notice", "identity"]


def test_whoever_is_represented_has_an_authority_in_the_file():
    assert "authority" in missing({"represented"}, set())


def test_what_is_unknown_stays_blank_and_a_wrong_placeholder_is_an_error():
    assert (
        rules.fill("编号{number}，{kind}", {"number": "1", "kind": ""}) == f"编号1，{rules.BLANK}"
    )
    with pytest.raises(KeyError):
        rules.fill("{nonsense}", {})


def test_seven_points_are_whole_half_or_none():
    points = queries.points(ON)
    given = {point.code: "full" for point in points}

    assert rules.total(points, given) == Decimal(7)
    assert rules.total(points, given | {"form": "half", "law": "none"}) == Decimal("5.5")
    with pytest.raises(KeyError):
        rules.total(points, {})


def test_every_paper_names_its_source_and_only_what_can_be_written():
    for sheet in queries.sheets().values():
        assert sheet.source, sheet.code
        for block in sheet.blocks:
            (name, value), *_rest = block.items()
            assert name in {"heading", "to", "text", "form", *LISTS}, sheet.code
            assert name != "sign" or value in HANDS, sheet.code


def test_every_line_of_the_contents_is_printed_by_papers_there_are():
    named = {code for place in queries.places(ON) for code in place.papers}

    assert named <= set(queries.sheets())
