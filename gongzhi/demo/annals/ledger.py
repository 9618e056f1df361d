"""
What of a long load is done: kept in the database, in the same transaction as the rows it is about.

A load that was killed goes on where it was; nothing is written twice and nothing is missed. The tables of the ledger are
there only while the load lasts.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from psycopg import sql

from gongzhi.demo import tables

LEDGER = (
    "CREATE TABLE IF NOT EXISTS demo_load_done (part text, number integer, PRIMARY KEY (part, number))",
    "CREATE TABLE IF NOT EXISTS demo_load_note (name text PRIMARY KEY, value jsonb NOT NULL)",
    "CREATE TABLE IF NOT EXISTS demo_load_index (name text PRIMARY KEY, relation text NOT NULL, made_by text NOT NULL)",
)
# Indexes that no foreign key points at: with their constraint, when they stand for one.
_INDEXES = """
SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, c.conname,
       coalesce('ALTER TABLE ' || i.indrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(c.conname) || ' '
                || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid))
FROM pg_index i
LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u') AND c.conrelid = i.indrelid
WHERE i.indrelid = ANY(%s::regclass[])
  AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid)
ORDER BY pg_relation_size(i.indexrelid) DESC, 1
"""


def begin() -> None:
    for statement in LEDGER:
        tables.run(statement)


def is_begun() -> bool:
    return tables.run("SELECT to_regclass('demo_load_note') IS NOT NULL")[0][0] is True


def end() -> None:
    tables.run("DROP TABLE IF EXISTS demo_load_done, demo_load_note, demo_load_index")


def note(name: str, value: Any) -> None:
    tables.run(
        "INSERT INTO demo_load_note VALUES (%s, %s::jsonb) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, json.dumps(value)],
    )


def noted(name: str) -> Any:
    """Return what was noted under a name, else None."""
    found = tables.run("SELECT value::text FROM demo_load_note WHERE name = %s", [name])
    return json.loads(found[0][0]) if found else None


def mark(part: str, number: int = 0) -> None:
    """Say that a piece is done; in the transaction that writes its rows."""
    tables.run("INSERT INTO demo_load_done VALUES (%s, %s)", [part, number])


def done(part: str) -> set[int]:
    return {n for (n,) in tables.run("SELECT number FROM demo_load_done WHERE part = %s", [part])}


def once(part: str, act: Callable[[], Any]) -> None:
    """Do one piece and mark it, both or neither; what is marked is left alone."""
    if done(part):
        return
    with transaction.atomic():
        act()
        mark(part)


def drop_indexes(names: Sequence[str]) -> None:
    """Drop every index that can be built again afterwards, and keep how."""
    with transaction.atomic():
        for index, relation, constraint, made_by in tables.run(_INDEXES, [list(names)]):
            tables.run(
                "INSERT INTO demo_load_index VALUES (%s, %s, %s)", [index, relation, made_by]
            )
            tables.run(_drop(index, relation, constraint))


def _drop(index: str, relation: str, constraint: str | None) -> Any:
    if constraint:
        return sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
            sql.Identifier(relation), sql.Identifier(constraint)
        )
    return sql.SQL("DROP INDEX {}").format(sql.Identifier(index))


def missing_indexes() -> list[str]:
    """Return the indexes that wait to be built, the costly ones first."""
    found = tables.run("SELECT name, made_by FROM demo_load_index ORDER BY name")
    return [name for name, _by in sorted(found, key=lambda row: -_cost(row[1]))]


def build_index(name: str) -> None:
    with transaction.atomic():
        (made_by,) = tables.run("SELECT made_by FROM demo_load_index WHERE name = %s", [name])[0]
        tables.run(made_by)
        tables.run("DELETE FROM demo_load_index WHERE name = %s", [name])


def _cost(made_by: str) -> int:
    """Guess what takes longest, so that it begins first."""
    weights: Mapping[str, int] = {
        "gin_trgm_ops": 9, "USING gin (words": 8, "USING gin": 6, "USING gist": 5, "matters_entry": 4,
        "matters_matter": 3, "figures_fact": 2,
    }  # fmt: skip
    return next((weight for mark, weight in weights.items() if mark in made_by), 1)
