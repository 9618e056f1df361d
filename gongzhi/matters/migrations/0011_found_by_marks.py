"""One index for words, units and marks; smaller indexes where few rows are asked for."""

import django.contrib.postgres.indexes
from django.db import migrations, models

import gongzhi.matters.marks


class Migration(migrations.Migration):
    dependencies = [("matters", "0010_sealed_files")]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("words"),
                models.F("unit_ids"),
                gongzhi.matters.marks.Marks(),
                fastupdate=True,
                name="matter_found",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("is_open", True)), fields=["unit_ids"], name="matter_open_units"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["area_path"],
                name="matter_open_in_area",
                opclasses=["text_pattern_ops"],
            ),
        ),
        migrations.RemoveIndex(model_name="matter", name="matter_area"),
        migrations.RemoveIndex(model_name="matter", name="matter_words"),
        migrations.RemoveIndex(model_name="matter", name="matter_units"),
        migrations.RemoveIndex(model_name="matter", name="matter_of_unit"),
        migrations.RemoveIndex(model_name="matter", name="matter_in_state"),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["state", "-id"],
                name="matter_in_state",
            ),
        ),
        migrations.RemoveIndex(model_name="entry", name="entry_of_actor"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("actor_id", 0), _negated=True),
                fields=["actor_id"],
                name="entry_of_actor",
            ),
        ),
        # Three thousand words are known to be frequent, not one: a rarer one is searched with all its endings.
        migrations.RunSQL(
            "ALTER TABLE matters_matter ALTER COLUMN words SET STATISTICS 300",
            "ALTER TABLE matters_matter ALTER COLUMN words SET STATISTICS -1",
        ),
    ]
