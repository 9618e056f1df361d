"""A sitting may have a room of the centre, booked for its time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("talks", "0002_lists_of_a_million")]

    operations = [
        migrations.AddField("sitting", "room_id", models.BigIntegerField(null=True)),
        migrations.AddField("sitting", "booking_id", models.BigIntegerField(null=True)),
    ]
