"""Nobody asks which matters a standard or a unit has here."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sessions_work_offline"),
        ("catalogue", "0001_initial"),
        ("incidents", "0003_three_levels"),
    ]

    operations = [
        migrations.AlterField(
            model_name="incident",
            name=name,
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=to,
            ),
        )
        for name, to in (
            ("bound_unit", "accounts.unit"),
            ("proposed_unit", "accounts.unit"),
            ("standard", "catalogue.standard"),
        )
    ]
