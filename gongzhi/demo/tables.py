"""Where the loader meets tables directly: bulk rows of modules that have no bulk action, and indexes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import sql

MARK = "demonstration: "  # begins the remark at the register's table that says what it holds
BEING_WRITTEN = f"{MARK}being written"
HISTORY_TABLES = (
    "matters_matter", "matters_entry", "matters_reporter", "matters_attachment", "matters_link",
    "matters_ask", "matters_jointunit", "incidents_incident", "clocks_runningclock",
)  # fmt: skip


def run(statement: Any, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def has_rows(table: str) -> bool:
    found = run(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table)))
    return bool(found[0][0])


def ids_by(table: str, column: str) -> dict[str, int]:
    statement = sql.SQL("SELECT {column}, id FROM {table}")
    return dict(run(statement.format(column=sql.Identifier(column), table=sql.Identifier(table))))


def postings() -> list[tuple[int, str, str, int, str]]:
    """Return everybody who works in a unit: user, name, role, unit, area."""
    return run(
        "SELECT u.id, u.name, p.role, p.unit_id, p.area_path FROM accounts_posting p"
        " JOIN accounts_user u ON u.id = p.user_id WHERE p.unit_id IS NOT NULL ORDER BY p.id"
    )


def areas_of(user_id: int) -> list[str]:
    found = run("SELECT area_path FROM accounts_posting WHERE user_id = %s ORDER BY id", [user_id])
    return [path for (path,) in found]


def closed_reports(towns: Sequence[str], most: int) -> list[tuple[Any, ...]]:
    """Return the newest settled reports of residents, so many of each town: id, number, code, closed at, town."""
    return run(
        "SELECT m.id, m.number, m.code, m.closed_at, m.district FROM unnest(%s::text[]) WITH ORDINALITY AS town(path, place)"
        " CROSS JOIN LATERAL (SELECT m.id, m.number, r.code, m.closed_at, m.district FROM matters_matter m"
        " JOIN matters_reporter r ON r.matter_id = m.id AND r.is_first WHERE m.district = town.path"
        " AND m.source = 'portal' AND m.state = 'closed' AND m.closed_at IS NOT NULL ORDER BY m.id DESC LIMIT %s) m"
        " ORDER BY town.place, m.id DESC",
        [list(towns), most],
    )


def newest_decisions(most: int) -> list[tuple[Any, ...]]:
    """Return the newest registrations and dispatches that a person made: matter, move, lead unit, moment."""
    return run(
        "SELECT * FROM (SELECT e.matter_id, e.move, m.lead_unit_id, e.at FROM matters_entry e"
        " JOIN matters_matter m ON m.id = e.matter_id WHERE e.move IN ('register', 'dispatch') AND e.actor_id <> 0"
        " ORDER BY e.matter_id DESC, e.seq DESC LIMIT %s) newest ORDER BY matter_id, at",
        [most],
    )


def set_sequence(table: str) -> None:
    run(
        sql.SQL(
            "SELECT setval(pg_get_serial_sequence({name}, 'id'), greatest((SELECT max(id) FROM {table}), 1))"
        ).format(name=sql.Literal(table), table=sql.Identifier(table))
    )


def set_next(table: str, number: int) -> None:
    """Let the table's own numbers go on from this one."""
    run(
        sql.SQL("SELECT setval(pg_get_serial_sequence({name}, 'id'), {number}, false)").format(
            name=sql.Literal(table), number=sql.Literal(number)
        )
    )


def empty(tables: Sequence[str]) -> None:
    # What other modules hang on a matter goes with it: only a half-written history is ever emptied.
    run(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, tables))))


def analyze(tables: Sequence[str]) -> None:
    for table in tables:
        run(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """Drop the indexes no constraint needs and build them again afterwards: faster for a million rows."""
    found = run(
        "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
        " WHERE t.relname = ANY(%s) AND NOT i.indisunique AND NOT i.indisprimary ORDER BY c.relname",
        [list(tables)],
    )
    for name, _definition in found:
        run(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    try:
        yield
    finally:
        run("SET maintenance_work_mem = '256MB'")
        for _name, definition in found:
            run(definition)
        run("RESET maintenance_work_mem")


def logins(usernames: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return username, first role and name of those that exist, in the order asked for."""
    return run(
        "SELECT u.username, p.role, u.name FROM accounts_user u JOIN LATERAL"
        " (SELECT role FROM accounts_posting WHERE user_id = u.id ORDER BY id LIMIT 1) p ON true"
        " WHERE u.username = ANY(%s) ORDER BY array_position(%s::text[], u.username::text)",
        [list(usernames), list(usernames)],
    )


def comment(table: str) -> str:
    """Return the remark the database keeps with a table."""
    return str(run("SELECT coalesce(obj_description(%s::regclass, 'pg_class'), '')", [table])[0][0])


def set_comment(table: str, text: str) -> None:
    run(sql.SQL("COMMENT ON TABLE {} IS {}").format(sql.Identifier(table), sql.Literal(text)))


def count(table: str) -> int:
    return int(run(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))[0][0])
