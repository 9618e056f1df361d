"""By level, by outcome, and what nobody has performed: lists of a million disputes stay quick."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0001_initial"),
        ("matters", "0009_disputes_by_outside_number"),
        ("mediators", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("settle_level", ""), _negated=True),
                fields=["settle_level", "-opened_at", "-matter"],
                name="dispute_of_level",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("outcome", ""), _negated=True),
                fields=["outcome", "-opened_at", "-matter"],
                name="dispute_of_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("effective_at__isnull", False), ("performed_on__isnull", True)),
                fields=["-matter"],
                name="dispute_not_performed",
            ),
        ),
    ]
