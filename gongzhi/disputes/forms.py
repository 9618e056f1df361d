"""Input shapes of the dispute's moves."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.disputes import queries
from gongzhi.disputes.lifecycle import Outcome
from gongzhi.disputes.models import Dispute
from gongzhi.matters.forms import MoveForm, NoteForm, ReasonForm

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
WAYS = [
    ("counter", pgettext_lazy("way", "At the counter")),
    ("paper", pgettext_lazy("way", "On paper")),
    ("phone", pgettext_lazy("way", "By telephone")),
    ("link", pgettext_lazy("way", "By the answer page")),
    ("court", pgettext_lazy("way", "By the court")),
]


def _note(label: Any, *, required: bool = False, rows: int = 2, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=2000, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


def _ticks(label: Any, *, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, help_text=hint, widget=forms.CheckboxSelectMultiple(attrs={"class": "many"})
    )  # fmt: skip


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class _Routes(MoveForm):
    """A form at whose end the other routes are told; a suit is told whatever is ticked."""

    routes_hint: ClassVar[Any] = _("A suit is told in any case; nobody may be kept from it.")

    def offer_routes(self) -> None:
        row = queries.dispute(self.matter.id)
        self.choices_of("routes", queries.route_choices())
        self.fields["routes"].initial = ["suit", *queries.kind_of(row).routes]


class Triage(MoveForm):
    depends_on = "kind_code"
    kind_code = forms.ChoiceField(label=_("Kind of dispute"))
    body = forms.TypedChoiceField(
        label=_("Body that mediates"), coerce=int, help_text=_("The fitting ones come first: the specialist body, then the nearest.")
    )  # fmt: skip
    settle_level = forms.ChoiceField(
        label=_("Level of settlement"), choices=Dispute.Level.choices, widget=forms.RadioSelect
    )
    grade = forms.ChoiceField(
        label=_("Grade"), choices=Dispute.Grade.choices, widget=forms.RadioSelect
    )
    is_open = forms.ChoiceField(
        label=_("Open sessions, as the sides ask"), choices=YES_NO, widget=forms.RadioSelect, initial="no"
    )  # fmt: skip
    routes = _ticks(
        _("Told beside it"),
        hint=_("For a part that is not for mediation. It closes no other way."),
    )
    note = _note(_("Note"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on, row = timezone.localdate(), queries.dispute(self.matter.id)
        self.choices_of("kind_code", queries.kind_choices(on))
        self.choices_of("routes", queries.route_choices())
        sent = str(self.data.get("kind_code") or "") if self.is_bound else ""
        self.choices_of("body", queries.body_choices(self.matter, sent or row.kind_code, on=on))
        self.fields["kind_code"].initial = row.kind_code
        self.fields["settle_level"].initial = _level_of(self.matter.level)
        self.fields["grade"].initial = row.grade
        for name in ("kind_code", "body"):
            self.fields[name].widget.attrs["data-search"] = ""


def _level_of(level: int) -> str:
    return {0: Dispute.Level.CITY, 1: Dispute.Level.TOWN}.get(level, Dispute.Level.VILLAGE)


class Decline(_Routes, ReasonForm):
    routes = _ticks(_("Routes that are told"), hint=_Routes.routes_hint)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_routes()


class StopRefused(_Routes, ReasonForm):
    party = forms.TypedChoiceField(
        label=_("Which side refuses"), coerce=int, required=False, empty_value=None
    )
    how = forms.ChoiceField(label=_("How it was said"), choices=WAYS, initial="phone")
    routes = _ticks(_("Routes that are told"), hint=_Routes.routes_hint)
    field_order = ("party", "how", "reason", "routes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_record = ("", gettext("As on record"))
        self.choices_of("party", [on_record, *queries.side_choices(self.matter.id)])
        self.offer_routes()


class Appoint(MoveForm):
    mediators = forms.TypedMultipleChoiceField(
        label=_("Mediators"), coerce=int, widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
        help_text=_("The first leads. The sides may choose from the public directory."),
    )  # fmt: skip
    chosen_by = forms.ChoiceField(
        label=_("Chosen by"), widget=forms.RadioSelect, initial="body",
        choices=[("body", _("The body")), ("sides", _("The sides")), ("court", _("The court"))],
    )  # fmt: skip
    disclosed = forms.CharField(
        label=_("What the mediator discloses"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kinship, an interest or another tie to a side. Then each side must accept the mediator."),
    )  # fmt: skip
    note = _note(_("Note"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of(
            "mediators", queries.mediator_choices(self.matter.id, on=timezone.localdate())
        )


class Recuse(ReasonForm):
    mediators = forms.TypedMultipleChoiceField(
        label=_("Who withdraws"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
        help_text=_("If one side asks for it, the mediator must withdraw."),
    )  # fmt: skip
    asked_by = forms.ChoiceField(label=_("Asked for by"), required=False)
    field_order = ("mediators", "asked_by", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.at_work_choices(self.matter.id)
        self.choices_of("mediators", people)
        self.fields["mediators"].initial = [people[0][0]] if len(people) == 1 else []
        mediator = str(_("The mediator"))
        asking = [words for _id, words in queries.side_choices(self.matter.id)]
        # Stays in the file in the words of the sides' places, never with a name.
        places = [words.rpartition(" ")[0] for words in asking]
        self.choices_of("asked_by", [(one, one) for one in [mediator, *places]])


class Extend(ReasonForm):
    days = forms.IntegerField(
        label=_("By how many days"), min_value=1, max_value=366, required=False,
        help_text=_("Empty: by the kind's own period once more. Each side's agreement must be on record."),
    )  # fmt: skip
    field_order = ("days", "reason")


class BeginAppraisal(ReasonForm):
    takes_files = True


class EndAppraisal(NoteForm):
    takes_files = True


class Settle(_Routes):
    outcome = forms.ChoiceField(
        label=_("What is settled"), widget=forms.RadioSelect, initial=Outcome.WRITTEN,
        choices=[(Outcome.WRITTEN, _("All of it")), (Outcome.PARTIAL, _("A part; the rest goes another way"))],
    )  # fmt: skip
    note = _note(_("What was agreed, and what is left"), rows=3)
    routes = _ticks(_("Routes told for the rest"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_routes()


class SettleOrally(MoveForm):
    note = _note(
        _("What was agreed"), required=True, rows=4, hint=_("The oral agreement is kept in these words.")
    )  # fmt: skip
    is_done = forms.ChoiceField(
        label=_("Performed on the spot"), choices=YES_NO, widget=forms.RadioSelect, initial="yes"
    )
    wants_paper = forms.ChoiceField(
        label=_("A side asks for a paper"), choices=YES_NO, widget=forms.RadioSelect, initial="no"
    )
    takes_files = True


class TakeEffect(NoteForm):
    takes_files = True


class Terminate(_Routes, ReasonForm):
    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    routes = _ticks(_("Routes that are told"), hint=_Routes.routes_hint)
    field_order = ("ground", "reason", "routes")
    move: ClassVar[str] = "terminate"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("ground", list(queries.grounds(self.move).items()))
        self.offer_routes()


class Withdraw(Terminate):
    move = "withdraw"


class Performed(NoteForm):
    on = _day(_("Performed on"))
    takes_files = True
    field_order = ("on", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class NotPerformed(_Routes, ReasonForm):
    routes = _ticks(_("Routes that are told"), hint=_Routes.routes_hint)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_routes()


class Visit(NoteForm):
    satisfied = forms.ChoiceField(
        label=_("Satisfied"), widget=forms.RadioSelect, required=False,
        choices=[("3", _("Satisfied")), ("2", _("Partly satisfied")), ("1", _("Not satisfied")), ("", _("Not reached"))],
    )  # fmt: skip
    performance = forms.CharField(label=_("How it is performed"), max_length=300, required=False)
    mistakes = forms.CharField(
        label=_("Errors in the agreement or the file"), max_length=300, required=False
    )
    signs = forms.CharField(
        label=_("Signs that the dispute grows again"), max_length=300, required=False,
        help_text=_("Of the matter, not of a person: threats, violence, new quarrels."),
    )  # fmt: skip
    field_order = ("satisfied", "performance", "mistakes", "signs", "note")


INPUTS: dict[str, type[MoveForm]] = {
    "triage": Triage,
    "decline": Decline,
    "return": ReasonForm,
    "consent": NoteForm,
    "stop_refused": StopRefused,
    "appoint": Appoint,
    "recuse": Recuse,
    "agree_to_extend": Extend,
    "begin_appraisal": BeginAppraisal,
    "end_appraisal": EndAppraisal,
    "settle": Settle,
    "settle_orally": SettleOrally,
    "talk_again": ReasonForm,
    "take_effect": TakeEffect,
    "terminate": Terminate,
    "withdraw": Withdraw,
    "performed": Performed,
    "not_performed": NotPerformed,
    "visit": Visit,
    "archive": NoteForm,
}
