"""A party after the intake: put right, added, or leaving."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.disputes import actions, queries
from gongzhi.disputes.forms.entry import SideForm
from gongzhi.disputes.models import Party


class PartyForm(SideForm):
    """One party as it stands on record, or a new one; whom it speaks for is chosen by name."""

    email = forms.EmailField(label=_("E-mail"), max_length=200, required=False)
    is_minor = forms.BooleanField(label=pgettext_lazy("party", "Minor"), required=False)
    represents = forms.TypedChoiceField(
        label=_("For which party"), coerce=int, required=False, empty_value=None
    )  # type: ignore[assignment]
    is_verified = forms.BooleanField(
        label=_("Name and number were compared with an identity document"), required=False
    )
    reason = PlainText(label=_("Why"), max_length=300, required=False)
    field_order = (
        "side", "nature", "name", "phone", "email", "address", "id_number", "sex", "birth_year", "occupation", "legal_person",
        "capacity", "represents", "needs", "is_minor", "is_verified", "reason",
    )  # fmt: skip

    def __init__(
        self, *args: Any, parties: Sequence[Party], one: Party | None = None, fixed: frozenset[str] = frozenset(), **kwargs: Any
    ) -> None:  # fmt: skip
        self.one, self.on_record = one, _on_record(parties, one)
        kwargs.setdefault("initial", {**self.on_record, **(kwargs.pop("start", None) or {})})
        super().__init__(*args, **kwargs)
        self.fields["represents"].choices = [("", "—"), *_speakable(parties, one)]  # type: ignore[attr-defined]
        self.fields["reason"].required = one is None
        for name in {*fixed, *(("side",) if one else ())}:
            self.fields[name].disabled = True
        if one:
            self.fields["side"].widget = forms.HiddenInput()

    def show_record(self) -> None:
        """Say beside each field what stands on record now, where somebody else has just changed it."""
        for name in actions.PARTS:
            bound = self[name]
            now, sent = self.on_record.get(name) or "", bound.value() or ""
            if str(now) != str(sent):
                bound.help_text = gettext("On record now: {value}").format(value=self._words(name, now))  # fmt: skip

    def _words(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()) or ())
        if isinstance(value, list):
            return "、".join(str(choices.get(one, one)) for one in value) or "—"
        return str(choices.get(value, value) or "—")

    @property
    def told(self) -> actions.Side:
        said = {name: self.cleaned_data[name] for name in actions.PARTS if name != "represents"}
        said["needs"] = tuple(said["needs"])
        return actions.Side(
            **said, side=self.cleaned_data["side"], represents=self.cleaned_data["represents"]
        )


def _on_record(parties: Sequence[Party], one: Party | None) -> dict[str, Any]:
    if one is None:
        return {"nature": Party.Nature.PERSON}
    places = {party.pk: place for place, party in enumerate(parties)}
    plain = {name: getattr(one, name) for name in actions.PARTS if name not in {"represents", "needs"}}  # fmt: skip
    whom = places.get(one.represents_id) if one.represents_id else None
    return plain | {
        "side": one.side, "needs": list(one.needs), "represents": "" if whom is None else whom,
        "is_verified": one.verified_at is not None,
    }  # fmt: skip


def _speakable(parties: Sequence[Party], one: Party | None) -> list[tuple[int, str]]:
    """Return those another can speak for: the sides themselves, of the same side where it is known."""
    return [
        (place, f"{queries.side_words(party.side, party.seq)} {party.name}")
        for place, party in enumerate(parties)
        if party.represents_id is None and (one is None or (party.side == one.side and party.pk != one.pk))
    ]  # fmt: skip


class LeaveForm(forms.Form):
    reason = PlainText(label=_("Why they leave"), max_length=300)
