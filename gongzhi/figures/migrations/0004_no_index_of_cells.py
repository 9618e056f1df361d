"""Cells are counted in the lake, never looked for here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_first_answer")]

    operations = [migrations.RemoveIndex(model_name="fact", name="fact_cell_day")]
