"""What the pages of the catalogue ask for."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from gongzhi.catalogue.actions import NoReportInput, ResponsibilityInput
from gongzhi.catalogue.models import Family, Kind, Level
from gongzhi.catalogue.queries.tables.cells import scope_fault, target_fault
from gongzhi.catalogue.queries.tables.layouts import parts_of
from gongzhi.catalogue.queries.tables.plan import LEAVE_OUT, WITHOUT_LIMIT, Choices
from gongzhi.catalogue.rules.drafts import ItemDraft, QuestionDraft, StandardDraft
from gongzhi.catalogue.rules.limits import parse_limit

FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)
AREA_PATH = r"^([0-9A-Za-z]+/)*$"


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(_("The year is out of range."))


class PartsField(forms.CharField):
    """Several short texts in one field, separated by 、"""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> Any:
        return parts_of(super().clean(value))


class ItemForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=24)
    name = forms.CharField(label=_("Name"), max_length=80)
    family = forms.ChoiceField(label=_("Family"), choices=Family.choices)
    class_code = forms.CharField(label=_("Class code"), max_length=4)
    class_name = forms.CharField(label=_("Class"), max_length=40)
    number = forms.CharField(label=_("Item number"), max_length=8)
    department = forms.CharField(label=_("Department code"), max_length=40, required=False)
    department_name = forms.CharField(label=_("Lead department"), max_length=200, required=False)
    level = forms.ChoiceField(label=_("Level that handles"), choices=Level.choices, initial="town")
    synonyms = PartsField(
        label=_("Words residents use"), required=False, help_text=_("Separate them with 、")
    )
    emergency_notice = forms.CharField(
        label=_("Emergency notice"),
        max_length=200,
        required=False,
        help_text=_("Shown before anything else, with the number to call."),
    )
    icon = forms.CharField(label=_("Icon"), max_length=40, required=False)
    popular_rank = forms.IntegerField(
        label=_("Place among the most reported"), min_value=1, max_value=9999, required=False
    )
    report_photos = forms.IntegerField(
        label=_("Photos with the report"), min_value=0, max_value=9, initial=1
    )
    after_photos = forms.IntegerField(
        label=_("Photos after handling"), min_value=0, max_value=9, initial=1
    )
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    anonymous_allowed = forms.BooleanField(
        label=_("May be reported without a name"), required=False, initial=True
    )
    publishes_description = forms.BooleanField(
        label=_("The reporter's words may be published"), required=False, initial=True
    )
    self_handled_allowed = forms.BooleanField(
        label=_("A grid officer may settle it on the spot"), required=False
    )


class _RowForm(forms.Form):
    """A row counts when its leading field is filled; emptying that field removes the row."""

    leading = ""

    def has_changed(self) -> bool:
        return bool((self[self.leading].data or "").strip())


class StandardForm(_RowForm):
    leading = "when_counts"

    when_counts = forms.CharField(
        label=_("Counts when"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    when_done = forms.CharField(
        label=_("Done when"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    limit = forms.CharField(
        label=_("Time limit"),
        max_length=20,
        required=False,
        help_text=_("2紧急工作时, 4小时, 1天, 3紧急工作日 or 10自然日"),
    )
    from_next_day = forms.BooleanField(label=_("Counts from the next day"), required=False)
    original = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def clean_limit(self) -> str:
        words: str = self.cleaned_data["limit"]
        if words and parse_limit(words) is None:
            raise forms.ValidationError(_("Write the limit as in 2紧急工作时, 4小时 or 1天."))
        return words

    def draft(self) -> StandardDraft:
        values = self.cleaned_data
        limit = parse_limit(values["limit"])
        return StandardDraft(
            when_counts=values["when_counts"],
            when_done=values["when_done"],
            from_next_day=values["from_next_day"],
            original=values["original"],
            urgent=bool(limit and limit.urgent),
            **(vars(limit) if limit else {}),
        )


class QuestionForm(_RowForm):
    leading = "text"

    text = forms.CharField(label=_("Question"), max_length=120)
    kind = forms.ChoiceField(label=_("Answer"), choices=Kind.choices, initial=Kind.YES_NO)
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    choices = PartsField(label=_("Answers to choose from"), required=False)
    unit = forms.CharField(label=_("Unit"), max_length=16, required=False)

    def draft(self) -> QuestionDraft:
        return QuestionDraft(**self.cleaned_data)


class _Rows(BaseFormSet):  # type: ignore[type-arg]  # it is generic for type checkers only
    """Rows of one kind; what was sent counts, not what was there before."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def drafts(self) -> tuple[Any, ...]:
        return tuple(form.draft() for form in self.forms if form.has_changed())


def _rows_of(form: type[_RowForm]) -> type[_Rows]:
    made = formset_factory(form, formset=_Rows, extra=2, max_num=20, validate_max=True)
    return cast("type[_Rows]", made)


StandardForms = _rows_of(StandardForm)
QuestionForms = _rows_of(QuestionForm)


class RevisionForm(forms.Form):
    valid_from = DayField(label=_("In force from"))
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ItemForms:
    """The form of an item with its rows of standards and questions, sent together."""

    def __init__(
        self, sent: Any = None, *, draft: ItemDraft | None = None, **revision: Any
    ) -> None:
        values = vars(draft) if draft else {}
        standards = [vars(s) | {"limit": s.limit_words} for s in values.get("standards", ())]
        questions = [vars(q) for q in values.get("questions", ())]
        self.item = ItemForm(sent, initial=values, prefix="item")
        # What the sender emptied must not come back: rows are judged by what was sent alone.
        self.standards = StandardForms(
            sent, initial=None if sent else standards, prefix="standards"
        )
        self.questions = QuestionForms(
            sent, initial=None if sent else questions, prefix="questions"
        )
        self.revision = RevisionForm(sent, initial=revision, prefix="revision")

    def is_valid(self) -> bool:
        """Check every part, so that all troubles are shown at once."""
        parts: tuple[Any, ...] = (self.item, self.standards, self.questions, self.revision)
        sound = [part.is_valid() for part in parts]
        return all(sound)

    def draft(self) -> ItemDraft:
        return ItemDraft(
            **self.item.cleaned_data,
            standards=self.standards.drafts(),
            questions=self.questions.drafts(),
        )

    def show(self, problems: Any) -> None:
        """Put the problems an action found beside their fields."""
        for field, sentence in problems.items():
            form = self.revision if field in self.revision.fields else self.item
            form.add_error(field if field in form.fields else None, sentence)


class ImportForm(forms.Form):
    file = forms.FileField(label=_("Table"), help_text=_("XLSX, CSV or ZIP of CSV, up to 20 MB"))
    valid_from = DayField(label=_("In force from"))
    code_prefix = forms.RegexField(
        r"^[A-Z0-9-]{0,10}$",
        label=_("Prefix of codes"),
        required=False,
        help_text=_("For published 部件/事件 tables, to keep their codes apart from yours."),
        error_messages={"invalid": _("Up to ten capital letters, digits and hyphens.")},
    )
    odd_limits = forms.ChoiceField(
        label=_("Rows whose time limit cannot be read"),
        choices=[
            (LEAVE_OUT, _("Leave them out")),
            (WITHOUT_LIMIT, _("Keep them without a limit")),
        ],
    )
    source = forms.CharField(label=_("Source"), max_length=200, required=False)

    def choices(self) -> Choices:
        values = self.cleaned_data
        return Choices(
            valid_from=values["valid_from"],
            odd_limits=values["odd_limits"],
            prefix=values["code_prefix"],
            source=values["source"],
        )


class ConfirmForm(ImportForm):
    file = None  # type: ignore[assignment]


class _ScopeForm(forms.Form):
    scope = forms.CharField(
        label=_("Item, class or all"),
        max_length=24,
        help_text=_("An item code, a class such as event:04, part, event, or *"),
    )
    area_path = forms.RegexField(
        AREA_PATH,
        label=_("Area path"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"list": "towns"}),
        help_text=_("Empty is the whole city; 441900/004/ is one town."),
        error_messages={"invalid": _("An area path looks like 441900/004/.")},
    )
    valid_from = DayField(label=_("In force from"))
    source = forms.CharField(label=_("Source"), max_length=200, required=False)

    def clean_scope(self) -> str:
        scope: str = self.cleaned_data["scope"]
        return _checked(scope, scope_fault)


Value = TypeVar("Value", str, tuple[str, ...])


def _checked(value: Value, fault: Callable[[str], str]) -> Value:
    if why := fault("、".join(value) if isinstance(value, tuple) else value):
        raise forms.ValidationError(why)
    return value


class ResponsibilityForm(_ScopeForm):
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("Every level")), *Level.choices], required=False
    )
    handler = forms.CharField(
        label=_("Lead unit"),
        max_length=48,
        help_text=_(
            "A unit code, code@town for its town office, item@town, @city, @town, @village"
        ),
    )
    joint = PartsField(label=_("Joint units"), required=False)
    finder = forms.CharField(label=_("Found by"), max_length=40, initial="grid_officer")
    verifier = forms.CharField(label=_("Verified by"), max_length=40, initial="grid_officer")
    priority = forms.IntegerField(
        label=_("Priority"), initial=0, min_value=-1000, max_value=1000,
        help_text=_("The higher row wins before anything else is compared."),
    )  # fmt: skip

    def clean_handler(self) -> str:
        handler: str = self.cleaned_data["handler"]
        return _checked(handler, target_fault)

    def clean_joint(self) -> tuple[str, ...]:
        joint: tuple[str, ...] = self.cleaned_data["joint"]
        return _checked(joint, target_fault)

    def row(self) -> ResponsibilityInput:
        return ResponsibilityInput(**self.cleaned_data)


class NoReportForm(_ScopeForm):
    tip = forms.CharField(label=_("Tip"), max_length=200)
    starts = forms.TimeField(
        label=_("Hours from"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=_("Hours to"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    valid_to = DayField(label=_("In force until"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if (values.get("starts") is None) != (values.get("ends") is None):
            self.add_error("ends", _("Give both hours or neither."))
        begins, ends = values.get("valid_from"), values.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("The last day lies before the first."))
        return values

    def row(self) -> NoReportInput:
        return NoReportInput(**self.cleaned_data)


class EndForm(forms.Form):
    on = DayField(label=_("Ends on"))


class PlaceForm(forms.Form):
    """Which item, at which place: who would handle it?"""

    code = forms.CharField(
        label=_("Item, by name or code"), max_length=80, widget=forms.TextInput({"list": "items"})
    )
    area_path = forms.RegexField(
        AREA_PATH,
        label=_("Area path"),
        max_length=80,
        widget=forms.TextInput({"list": "towns"}),
        error_messages={"invalid": _("An area path looks like 441900/004/.")},
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("The item's own")), *Level.choices], required=False
    )
