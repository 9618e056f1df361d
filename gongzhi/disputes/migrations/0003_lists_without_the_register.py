"""What lists of disputes narrow and order by is copied from the matter; the lists need the register no more."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import Q

CHUNK = 20_000
EDGE = """
    SELECT max(matter_id) FROM (
        SELECT matter_id FROM disputes_dispute WHERE matter_id > %s ORDER BY matter_id LIMIT %s
    ) AS chunk
"""
FILL = "UPDATE disputes_dispute SET state = '' WHERE matter_id > %s AND matter_id <= %s AND state = ''"  # the trigger fills it
# Reach hangs on these columns. So no writer can forget or falsify them: they are read from the matter when a
# dispute is written, and when what was copied changes.
TRIGGERS = """
CREATE FUNCTION disputes_dispute_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT m.source, m.words, m.unit_ids, m.state, m.is_open, m.due_at, m.paused_at, m.exempt
    INTO STRICT NEW.source, NEW.words, NEW.unit_ids, NEW.state, NEW.is_under_way, NEW.due_at, NEW.paused_at, NEW.exempt
    FROM matters_matter m WHERE m.id = NEW.matter_id;
    RETURN NEW;
END $$;
CREATE TRIGGER copies
    BEFORE INSERT OR UPDATE OF source, words, unit_ids, state, is_under_way, due_at, paused_at, exempt ON disputes_dispute
    FOR EACH ROW EXECUTE FUNCTION disputes_dispute_copies();
CREATE FUNCTION disputes_dispute_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE disputes_dispute SET state = NEW.state WHERE matter_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER dispute_follows
    AFTER UPDATE OF source, words, unit_ids, state, is_open, due_at, paused_at, exempt ON matters_matter
    FOR EACH ROW WHEN (
        NEW.kind = 'dispute'
        AND (OLD.source, OLD.words, OLD.unit_ids, OLD.state, OLD.is_open, OLD.due_at, OLD.paused_at, OLD.exempt)
            IS DISTINCT FROM
            (NEW.source, NEW.words, NEW.unit_ids, NEW.state, NEW.is_open, NEW.due_at, NEW.paused_at, NEW.exempt)
    )
    EXECUTE FUNCTION disputes_dispute_follows();
"""
NO_TRIGGERS = """
DROP TRIGGER dispute_follows ON matters_matter;
DROP FUNCTION disputes_dispute_follows();
DROP TRIGGER copies ON disputes_dispute;
DROP FUNCTION disputes_dispute_copies();
"""


def fill(apps, schema_editor):
    """Copy by chunks, each committed by itself; broken off, it goes on where it stopped."""
    after = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(EDGE, [after, CHUNK])
            [last] = cursor.fetchone()
            if last is None:
                break
            cursor.execute(FILL, [after, last])
            after = last
        cursor.execute("ANALYZE disputes_dispute")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("disputes", "0002_lists_of_a_million"),
        ("matters", "0009_disputes_by_outside_number"),
    ]

    operations = [
        migrations.AddField("dispute", "source", models.CharField(default="", max_length=12)),
        migrations.AddField(
            "dispute", "words", django.contrib.postgres.search.SearchVectorField(null=True)
        ),
        migrations.AddField(
            "dispute",
            "unit_ids",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddField("dispute", "state", models.CharField(default="", max_length=20)),
        migrations.AddField("dispute", "is_under_way", models.BooleanField(default=True)),
        migrations.AddField("dispute", "due_at", models.DateTimeField(null=True)),
        migrations.AddField("dispute", "paused_at", models.DateTimeField(null=True)),
        migrations.AddField("dispute", "exempt", models.BooleanField(default=False)),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("dispute", "dispute_not_performed"),
        migrations.AddIndex(
            "dispute",
            models.Index(fields=["state", "-opened_at", "-matter"], name="dispute_in_state"),
        ),
        migrations.AddIndex(
            "dispute",
            models.Index(
                condition=Q(is_under_way=True),
                fields=["-opened_at", "-matter"],
                name="dispute_under_way",
            ),
        ),
        migrations.AddIndex(
            "dispute",
            models.Index(
                condition=Q(is_under_way=False),
                fields=["-opened_at", "-matter"],
                name="dispute_ended",
            ),
        ),
        migrations.AddIndex(
            "dispute",
            models.Index(
                condition=Q(is_under_way=True), fields=["due_at", "matter"], name="dispute_by_due"
            ),
        ),
        migrations.AddIndex(
            "dispute",
            django.contrib.postgres.indexes.GinIndex(
                fastupdate=True, fields=["unit_ids"], name="dispute_units"
            ),
        ),
        migrations.AddIndex(
            "dispute",
            django.contrib.postgres.indexes.GinIndex(
                fastupdate=True, fields=["words"], name="dispute_words"
            ),
        ),
        migrations.AddIndex(
            "dispute",
            models.Index(
                condition=Q(effective_at__isnull=False, performed_on__isnull=True),
                fields=["-opened_at", "-matter"],
                name="dispute_unkept",
            ),
        ),
        migrations.AddIndex(
            "dispute",
            models.Index(
                condition=Q(grade__in=["major", "grave"]),
                fields=["-opened_at", "-matter"],
                name="dispute_of_weight",
            ),
        ),
    ]
