"""督办通知单: the order as a paper, with its level, its term, the place for the seal and the part sent back."""

import io
from datetime import timedelta

import pytest
from docx import Document

from gongzhi.audit.models import Entry
from gongzhi.matters.models import Matter
from gongzhi.oversight import actions, queries
from gongzhi.oversight.models import Order
from gongzhi.papers import queries as papers
from tests.cast import MONDAY, a_town
from tests.test_moves import brought_to
from tests.test_oversight import an_order
from tests.visits import signed_in

pytestmark = pytest.mark.django_db


def words_of(content):
    """Return every line of a Word paper, those of its tables too."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([line.text for line in document.paragraphs] + cells)


def notice_of(cast, order):
    seen = queries.order_detail(cast.actor("sun"), order.pk, at=MONDAY)
    return words_of(papers.docx(queries.notice_paper(seen)))


def test_a_notice_says_level_number_matter_demand_and_term_and_leaves_room_for_seal_and_reply():
    cast = a_town()
    order = an_order(cast)

    said = notice_of(cast, order)

    for words in ("督办通知单", order.number, "【黄牌】", order.matter_number, "三日内办结并报告原因", "2026年11月", "盖章处", "经办人"):  # fmt: skip
        assert words in said, words
    assert order.unit.name in said
    assert cast.units["city"].name in said


def test_a_notice_turns_red_with_its_order_and_bears_the_reply_once_there_is_one():
    cast = a_town()
    order = an_order(cast)
    actions.raise_to_red(order_id=order.pk, note="仍未办结", actor=cast.actor("sun"), at=MONDAY)
    actions.reply(order_id=order.pk, text="配件已到，今天装", actor=cast.actor("bo"), at=MONDAY)

    said = notice_of(cast, order)

    assert "【红牌】" in said
    assert "配件已到，今天装" in said
    assert "经办人" not in said


def test_a_rule_that_binds_the_towns_own_centre_speaks_for_the_citys():
    cast = a_town()
    matter, _code = brought_to(cast, "to_dispatch")  # the town's centre owes it
    Matter.objects.filter(pk=matter.pk).update(is_urgent=False)
    actions.apply_rules(at=matter.due_at + timedelta(days=2))
    order = Order.objects.get()
    assert order.unit_id == cast.units["town"].id

    said = notice_of(cast, order)

    assert cast.units["city"].name in said


def test_a_notice_is_taken_as_pdf_or_word_the_same_bytes_each_time_and_leaves_a_trace():
    cast = a_town()
    order = an_order(cast)
    sun, address = signed_in("sun"), f"/desk/oversight/orders/{order.pk}/notice"

    first, again = sun.get(f"{address}.pdf"), sun.get(f"{address}.pdf")

    assert first.content.startswith(b"%PDF-")
    assert first.content == again.content
    assert order.number in first["Content-Disposition"]
    assert order.number in words_of(sun.get(f"{address}.docx").content)
    assert sun.get(f"{address}.html").status_code == 404
    taken = Entry.objects.filter(verb="oversight.export", subject=f"order:{order.pk}")
    assert taken.count() == 3
