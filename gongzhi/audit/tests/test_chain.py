from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from gongzhi.audit import actions, queries
from gongzhi.audit.capabilities import Can
from gongzhi.audit.models import Entry
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tests.builders import an_actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)


def write(count: int = 3) -> list[int]:
    for number in range(count):
        actions.record(
            actor=an_actor(name="王芳"),
            verb="close",
            subject=f"matter:{number}",
            at=NOON,
            detail={"地点": "南城街道", "n": number},
        )
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


def tamper(statement: str, *values: object) -> None:
    """Do what only somebody with the database's keys could do: switch the guards off and write."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def test_a_record_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        actions.record(actor=an_actor(), verb="close", subject="matter:7", at=NOON)


def test_a_sealed_trail_holds():
    write(3)
    assert actions.seal() == 3
    write(2)
    assert actions.seal() == 2

    assert queries.verify_chain() is None
    assert queries.chain_state().entry_count == 5
    assert actions.seal() == 0


def test_the_first_changed_entry_is_named():
    ids = write(5)
    actions.seal()

    tamper("UPDATE audit_entry SET actor_name = '别人' WHERE id = ANY(%s)", ids[2:4])

    breach = queries.verify_chain()
    assert breach
    assert (breach.entry, breach.what) == (ids[2], "changed")


def test_a_removed_entry_breaks_the_chain_where_it_was():
    ids = write(4)
    actions.seal()

    tamper("DELETE FROM audit_entry WHERE id = %s", ids[1])

    breach = queries.verify_chain()
    assert breach
    assert breach.entry == ids[2]


def test_a_removed_last_entry_and_a_rewritten_block_are_noticed():
    ids = write(2)
    actions.seal()
    tamper("DELETE FROM audit_entry WHERE id = %s", ids[1])

    breach = queries.verify_chain()

    assert breach
    assert breach.what == "missing"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'x'",
        "UPDATE audit_entry SET block_id = NULL, digest = NULL",
        "DELETE FROM audit_entry",
        "UPDATE audit_block SET entry_count = 9",
        "DELETE FROM audit_block",
    ],
)
def test_the_database_refuses_to_change_the_trail(statement):
    write(1)
    actions.seal()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_unsealed_entry_is_refused_a_change_too():
    write(1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.update(subject="matter:8")


def test_personal_data_stays_closed_without_a_reason():
    with pytest.raises(Invalid):
        actions.record_view(actor=an_actor(), subject="user:5", reason=" ", at=NOON)


def test_only_who_may_read_the_trail_reads_it():
    write(1)

    assert queries.entries(an_actor(Can.READ)).count() == 1
    with pytest.raises(OutOfReach):
        queries.entries(an_actor("accounts.organise", "accounts.secure"))


def test_a_noted_digest_is_found_again():
    write(1)
    actions.seal()

    assert queries.holds_digest(queries.chain_state().head)
    assert queries.holds_digest("00" * 32) is None
    assert queries.holds_digest("not hex") is None
