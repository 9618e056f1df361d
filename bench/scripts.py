"""The same writes as ours and nothing else, as pgbench scripts."""

from bench.database import execute

INTAKE_TABLES = (
    "matters_matter", "clocks_runningclock", "clocks_runningclock", "clocks_runningclock", "matters_entry",
    "matters_reporter", "audit_entry", "procrastinate_jobs", "incidents_incident",
)  # fmt: skip
UNIQUE = {
    ("matters_matter", "id"): ":id",
    ("matters_matter", "number"): "'b' || :id",
    ("matters_matter", "key"): "'b' || :id",
    ("clocks_runningclock", "subject"): ":id",
    ("clocks_runningclock", "name"): "'turn{turn}'",
    ("clocks_runningclock", "stopped_at"): "NULL",
    ("clocks_runningclock", "paused_at"): "NULL",
    ("matters_entry", "matter_id"): ":id",
    ("matters_entry", "seq"): "(random() * 2e9)::int",
    ("matters_reporter", "matter_id"): ":id",
    ("incidents_incident", "matter_id"): ":id",
    ("procrastinate_jobs", "status"): "'todo'",
    ("procrastinate_jobs", "lock"): "NULL",
    ("procrastinate_jobs", "queueing_lock"): "NULL",
    ("audit_entry", "block_id"): "NULL",
}


def intake_script(tables: tuple[str, ...] = INTAKE_TABLES) -> str:
    """Return a pgbench script that inserts the same rows as an intake, and does nothing else."""
    lines = [
        "BEGIN;",
        "SELECT nextval(pg_get_serial_sequence('matters_matter', 'id')) AS id \\gset",
    ]
    lines += [_insert_like(table, turn) for turn, table in enumerate(tables)]
    return "\n".join([*lines, "COMMIT;"]) + "\n"


def move_script() -> str:
    """Return a pgbench script that makes the writes of a status move on a random open matter."""
    newest = execute("SELECT max(id) FROM matters_matter")[0][0]
    oldest = int(str(newest)) - 5000
    return (
        "\n".join(
            [
                f"\\set id random({oldest}, {newest})",
                "BEGIN;",
                "SELECT * FROM matters_matter WHERE id = :id FOR UPDATE;",
                "UPDATE incidents_incident SET is_true = true WHERE matter_id = :id;",
                "UPDATE clocks_runningclock SET warn_at = warn_at + interval '1 second' WHERE subject = :id AND name = 'stage' AND stopped_at IS NULL;",
                _insert_like("clocks_runningclock", 0).replace(
                    "'turn0'", "'turn' || (random() * 1e15)::bigint"
                ),
                "UPDATE matters_matter SET version = version + 1, due_at = due_at + interval '1 second', changed_at = now(), unit_ids = unit_ids || 1::bigint WHERE id = :id;",
                _insert_like("matters_entry", 0),
                _insert_like("audit_entry", 0),
                _insert_like("procrastinate_jobs", 0),
                "COMMIT;",
            ]
        )
        + "\n"
    )


def _insert_like(table: str, turn: int) -> str:
    """Return an INSERT of a row like the table's newest, its unique columns made anew."""
    columns = [
        str(name)
        for (name,) in execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = "
            f"'{table}' AND is_generated = 'NEVER' ORDER BY ordinal_position"
        )
    ]
    own = {"id"} if table != "matters_matter" else set()
    kept = [name for name in columns if name not in own]
    row = execute(
        "SELECT "
        + ", ".join(f'quote_nullable("{name}"::text)' for name in kept)
        + f" FROM {table} ORDER BY 1 DESC LIMIT 1"
    )[0]
    values = [
        UNIQUE.get((table, name), _literal(str(value))).replace("{turn}", str(turn))
        for name, value in zip(kept, row, strict=True)
    ]
    quoted = ", ".join(f'"{name}"' for name in kept)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(values)});"


def _literal(quoted: str) -> str:
    """Hide colons from pgbench, which would read what follows one as a variable."""
    if ":" not in quoted:
        return quoted
    return ("" if quoted.lstrip().startswith("E") else "E") + quoted.lstrip().replace(":", "\\x3a")
