"""A court's message finds the dispute that was entered by hand under the court's number."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("matters", "0008_doors_of_disputes")]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                fields=["outside_number"],
                name="dispute_outside_number",
                condition=Q(kind="dispute") & ~Q(outside_number=""),
            ),
        ),
    ]
