"""Somebody joins a dispute after the intake, somebody leaves it; what courts said of agreements."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0003_lists_without_the_register")]

    operations = [
        migrations.AddField(
            "dispute",
            "confirmation",
            models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),  # fmt: skip
        migrations.AddField(
            "dispute",
            "suit",
            models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),  # fmt: skip
        migrations.AddField("party", "joined_at", models.DateTimeField(null=True)),
        migrations.AddField("party", "left_at", models.DateTimeField(null=True)),
    ]
