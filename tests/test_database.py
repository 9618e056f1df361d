"""The database of the tests is what the migrations make, and another one after a migration changed."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.database import mark


@pytest.mark.django_db
def test_every_migration_was_applied_and_nothing_waits():
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert len(executor.loader.applied_migrations) == len(executor.loader.graph.nodes)


def test_what_a_migration_is_made_of_marks_its_database(tmp_path):
    migration, taken, other, packages = (
        tmp_path / "gongzhi/places/migrations/0001_initial.py",
        tmp_path / "gongzhi/places/models/areas.py",
        tmp_path / "gongzhi/places/pages.py",
        tmp_path / "requirements/app.txt",
    )
    written = [(migration, "import gongzhi.places.models.areas\n"), (taken, "a"), (other, "a"), (packages, "a")]  # fmt: skip
    for file, content in written:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    marks = [mark(tmp_path)]

    for file in (migration, taken, packages, other):
        file.write_text(f"{file.read_text()}# changed\n")
        marks.append(mark(tmp_path))

    assert len(set(marks[:4])) == 4
    assert marks[4] == marks[3], "a page makes no table"
