"""Columns of insight; no arithmetic. The facts themselves are kept outside the database, in the lake."""

from typing import ClassVar

from django.db import models

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Touched(models.Model):
    """
    A matter whose facts were written since the lake last read them; a trigger on the facts fills this.

    Matter 0 stands for the whole month. `turn` grows with every writing, so that what is written while the lake
    reads is not forgotten.
    """

    matter_id = models.BigIntegerField()
    month = models.DateField()
    turn = models.BigIntegerField()

    objects: ClassVar[models.Manager["Touched"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter_id", "month"], name="touched_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.matter_id or 'all'} of {self.month:%Y-%m}"


class SavedView(models.Model):
    """A question kept under a name; it holds no figures, so each reader sees those of their own reach."""

    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)  # of the pivot's address
    made_by = models.BigIntegerField()
    made_by_name = models.CharField(max_length=80)
    area_path = models.CharField(max_length=60)  # where its maker works
    is_shared = models.BooleanField(default=False)  # with everybody in that area
    made_at = models.DateTimeField()

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["SavedView"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "name"], name="saved_view_name_is_own")
        ]
        indexes = [
            models.Index(
                fields=["area_path"], name="saved_view_shared", condition=models.Q(is_shared=True)
            )
        ]

    def __str__(self) -> str:
        return self.name
