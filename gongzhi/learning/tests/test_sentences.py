"""Sentences are templates and figures; a gap is an error, not a dash."""

import pytest

from gongzhi.learning.rules.sentences import Gap, Row, Said, Template, filled, percent, written

TEMPLATE = Template(
    "items",
    "yesterday",
    1,
    "较多：{rows}，共 {n} 件。",
    "Most: {rows}, {n} in all.",
    "事实表",
    "Facts",
)


def test_a_figure_that_is_missing_is_an_error():
    with pytest.raises(Gap):
        filled("办结 {closed} 件。", {"closed": None})


def test_a_sentence_is_written_in_both_languages_with_its_lists():
    rows = [Row("井盖", "manhole", "3", "/desk/all?item=1"), Row("垃圾", "rubbish", "2", "")]

    line = written(Said("items", {"n": 5}, "/desk/all", rows), TEMPLATE)

    assert line["zh"] == "较多：井盖 3、垃圾 2，共 5 件。"
    assert line["en"] == "Most: manhole 3, rubbish 2, 5 in all."
    assert line["href"] == "/desk/all"
    assert [link["href"] for link in line["links"]] == ["/desk/all?item=1"]


def test_shares_have_one_decimal_at_the_most():
    assert (percent(1, 3), percent(1, 2)) == ("33.3%", "50%")
