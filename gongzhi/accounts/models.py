from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts.rules import ADMINISTRATORS, device_name
from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who signs in. Where and what they may do is said by their postings alone."""

    username = models.CharField(_("User name"), max_length=60, unique=True)
    name = models.CharField(_("Full name"), max_length=60)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    second_factor_at = models.DateTimeField(
        null=True, blank=True
    )  # since when sign-in asks for a code
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = Users()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_name_is_in_small_letters", condition=Q(username=Lower("username"))
            )
        ]
        indexes = [
            GinIndex(OpClass(F("name"), name="gin_trgm_ops"), name="user_by_part_of_name"),
            GinIndex(OpClass(F("username"), name="gin_trgm_ops"), name="user_by_part_of_username"),
        ]

    def __str__(self) -> str:
        return self.name


class OldPassword(models.Model):
    """A password somebody had before, so that it is not taken again at once."""

    user = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} until {self.at}"


class RecoveryCode(models.Model):
    """A code that opens the door once when the telephone with the second factor is lost."""

    user = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("user", "digest", name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.user_id}"


class Session(models.Model):
    """One signed-in device. The key itself stays in the device's cookie; here is only its digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey("User", on_delete=models.CASCADE, null=True, related_name="+")
    content = models.TextField(blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    works_offline = models.BooleanField(
        default=False
    )  # a handset: hours without a request are work
    address = models.CharField(max_length=64, blank=True)
    device = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} since {self.started_at}"

    @property
    def device_name(self) -> str:
        return device_name(self.device)


class Unit(models.Model):
    """A part of the organisation. A trigger keeps `ancestors`: ids from the root down to the unit itself."""

    class Kind(models.TextChoices):
        CITY_CENTRE = "city_centre", _("City centre")
        TOWN_CENTRE = "town_centre", _("Town centre")
        VILLAGE_STATION = "village_station", _("Village station")
        DEPARTMENT = "department", _("Department")
        TOWN_OFFICE = "town_office", _("Town office of a department")
        ORGANISATION = "organisation", _("Organisation")

    code = models.CharField(_("Code"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ancestors = ArrayField(models.BigIntegerField(), default=list, editable=False)
    area_path = models.CharField(_("Area"), max_length=120, blank=True, db_index=True)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    scoped_by = ScopedBy(area="area_path", units="ancestors")
    objects = ScopedQuerySet["Unit"].as_manager()

    class Meta:
        indexes = [GinIndex(fields=["ancestors"], name="unit_by_branch")]
        constraints = [
            models.CheckConstraint(
                name="unit_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            ),
            models.CheckConstraint(
                name="unit_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitVersion(models.Model):
    """One row; a trigger draws a new number whenever units change. Processes compare it with theirs."""

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


class DateSpan(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


BOTH_DAYS_INCLUDED = RangeBoundary(inclusive_lower=True, inclusive_upper=True)


class Posting(models.Model):
    """What somebody is: a role, in a unit, for an area, between two days (both included)."""

    user = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("Role"), max_length=40)
    unit = models.ForeignKey(
        "Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area_path = models.CharField(_("Area"), max_length=120, blank=True)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit__ancestors")
    objects = ScopedQuerySet["Posting"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["role", "unit"], name="posting_by_role_and_unit"),
            models.Index(
                fields=["role", "area_path"],
                name="posting_by_role_and_area",
                opclasses=["text_ops", "text_pattern_ops"],
            ),
            models.Index(
                fields=["area_path"], name="posting_by_area", opclasses=["text_pattern_ops"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="posting_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            ),
            models.CheckConstraint(
                name="posting_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="nobody_holds_two_administrators_offices",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (DateSpan("starts_on", "ends_on", BOTH_DAYS_INCLUDED), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=ADMINISTRATORS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Substitution(models.Model):
    """Somebody stands in for an absent person, between two days, once a lead has approved it."""

    absent = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    substitute = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    reason = models.CharField(_("Reason"), max_length=200)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_stands_in_for_themself", condition=~Q(absent=F("substitute"))
            ),
            models.CheckConstraint(
                name="substitution_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            ExclusionConstraint(
                name="one_substitute_at_a_time",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on", BOTH_DAYS_INCLUDED), RangeOperators.OVERLAPS),
                ],
            ),
            # So that every deed says for whom it was done.
            ExclusionConstraint(
                name="nobody_stands_in_for_two",
                expressions=[
                    ("substitute", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on", BOTH_DAYS_INCLUDED), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.absent_id}"
