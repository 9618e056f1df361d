"""What a grid matter has beyond any matter."""

from django.db import models


class Incident(models.Model):
    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+"
    )
    standard = models.ForeignKey("catalogue.Standard", models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)  # question id → answer
    proposed_unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    proposed_why = models.CharField(max_length=300, blank=True)
    overridden = models.CharField(max_length=300, blank=True)  # why a person chose another unit
    is_true = models.BooleanField(null=True)  # what verification found
    self_handled = models.BooleanField(default=False)
    outside_grid_m = models.FloatField(default=0)  # distance to the nearest grid when outside all

    def __str__(self) -> str:
        return f"incident {self.matter_id}"


class DispatchPolicy(models.Model):
    """Whether a registered matter is dispatched by the matrix at once, or waits for a person."""

    area_path = models.CharField(max_length=60)
    automatic = models.BooleanField(default=False)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.area_path} {self.automatic}"
