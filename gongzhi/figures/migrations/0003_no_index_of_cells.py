"""Cells are counted in the lake, never looked for here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("figures", "0002_register_tells_figures")]

    operations = [migrations.RemoveIndex(model_name="fact", name="fact_cell_day")]
