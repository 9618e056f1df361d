"""Somebody joins a dispute after the intake, somebody leaves it: their rows stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0002_lists_of_a_million")]

    operations = [
        migrations.AddField("party", "joined_at", models.DateTimeField(null=True)),
        migrations.AddField("party", "left_at", models.DateTimeField(null=True)),
    ]
