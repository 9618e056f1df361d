"""What is asked about agreements. The builder's rows come as lists: ob-0-kind, ob-0-part-0-amount …"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from gongzhi.agreements.models import Due
from gongzhi.base.texts import PlainText, plain

TOKEN = re.compile(r"[0-9A-Za-z_-]{10,32}")
MOST_OBLIGATIONS, MOST_PARTS, MOST_SIDES = 60, 60, 40


def _lines(label: Any, *, hint: Any = "", rows: int = 3, most: int = 4000) -> PlainText:
    return PlainText(
        label=label, help_text=hint, max_length=most, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


class FrameForm(forms.Form):
    """The words around the obligations, and the version they were written on."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    facts = _lines(_("Main facts of the dispute"), rows=4)
    issues = _lines(_("What is in dispute, and each side's responsibility"))
    default_code = forms.ChoiceField(label=_("If somebody does not perform"), required=False)
    default_words = _lines(_("Words of the clause"), rows=2)
    is_partial = forms.BooleanField(label=_("Only a part is settled"), required=False)
    rest = _lines(_("What is not settled, and where it goes"), rows=2)
    closing = _lines(_("Other words"), rows=2)
    copies = forms.IntegerField(label=_("Copies"), min_value=2, max_value=60)

    def __init__(self, *args: Any, clauses: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["default_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("In words of its own")), *((code, row["name"]) for code, row in clauses.items())]  # fmt: skip
        self._clauses = clauses

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        code = said.get("default_code")
        if code and not said.get("default_words", "").strip():
            said["default_words"] = self._clauses[code]["words"]
        return said


def obligations_in(data: MultiValueDict[str, str]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """
    Read the rows of obligations; return them as plain values, and a sentence for each that cannot be read.

    A row without a kind or with nothing in it is left out: an empty row at the end is no mistake.
    """
    rows: list[dict[str, Any]] = []
    problems: dict[int, str] = {}
    for place in range(MOST_OBLIGATIONS):
        if f"ob-{place}-kind" not in data:
            continue
        row, problem = _obligation(data, f"ob-{place}-")
        if row is None:
            continue
        rows.append(row)
        if problem:
            problems[len(rows)] = problem
    return rows, problems


def _obligation(data: MultiValueDict[str, str], at: str) -> tuple[dict[str, Any] | None, str]:
    parts, problem = _parts(data, at)
    amount, bad_amount = _money(data.get(f"{at}amount", ""))
    due_on, bad_day = _day(data.get(f"{at}due_on", ""))
    row = {
        "kind": plain(data.get(f"{at}kind", ""))[:20], "debtors": _seqs(data, f"{at}debtors"),
        "creditors": _seqs(data, f"{at}creditors"), "what": plain(data.get(f"{at}what", "")).strip()[:1000], "amount": amount,
        "due_on": due_on, "manner": plain(data.get(f"{at}manner", "")).strip()[:100], "instalments": parts,
    }  # fmt: skip
    is_empty = not any((row["what"], amount, due_on, parts, row["debtors"], bad_amount, bad_day, problem))  # fmt: skip
    return (None, "") if is_empty else (row, str(bad_amount or bad_day or problem))


def _parts(data: MultiValueDict[str, str], at: str) -> tuple[list[dict[str, str]], Any]:
    found: list[dict[str, str]] = []
    problem: Any = ""
    amounts, days = data.getlist(f"{at}part-amount"), data.getlist(f"{at}part-due_on")
    for money, day in list(zip(amounts, days, strict=False))[:MOST_PARTS]:
        amount, bad_amount = _money(money)
        due_on, bad_day = _day(day)
        if not amount and not due_on and not bad_amount and not bad_day:
            continue
        if not amount or not due_on:
            problem = bad_amount or bad_day or _("Each instalment needs an amount and a day.")
            continue
        found.append({"amount": amount, "due_on": due_on})
    return found, problem


def _money(text: str) -> tuple[str, Any]:
    words = plain(text).replace(",", "").replace("，", "").replace("元", "").replace("¥", "").strip()  # fmt: skip
    if not words:
        return "", ""
    try:
        value = Decimal(words)
    except InvalidOperation:
        return "", _("“{words}” is no amount; write figures only, for example 12000.50.").format(words=words[:30])  # fmt: skip
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        return "", _("“{words}” is no amount; write figures only, for example 12000.50.").format(words=words[:30])  # fmt: skip
    return f"{value:.2f}", ""


def _day(text: str) -> tuple[str, Any]:
    words = plain(text).strip()
    if not words:
        return "", ""
    try:
        return date.fromisoformat(words).isoformat(), ""
    except ValueError:
        return "", _("“{words}” is no day of the calendar.").format(words=words[:30])


def _seqs(data: MultiValueDict[str, str], name: str) -> list[int]:
    sent = [one for one in data.getlist(name) if one.isascii() and one.isdigit() and len(one) < 4]
    return sorted({int(one) for one in sent})[:MOST_SIDES]


class UploadsForm(forms.Form):
    uploads = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def tokens(self) -> list[str]:
        sent = self.data.getlist("uploads") if hasattr(self.data, "getlist") else []
        return [t for part in sent for t in part.split(",") if TOKEN.fullmatch(t)][:6]

    def clean_uploads(self) -> list[str]:
        return self.tokens


class PaperSignForm(UploadsForm):
    seq = forms.IntegerField(min_value=0, max_value=999, widget=forms.HiddenInput)


class DrawForm(forms.Form):
    drawing = forms.CharField(required=False, max_length=60_000, widget=forms.HiddenInput)


class TakeBackForm(forms.Form):
    reason = PlainText(label=_("Why"), max_length=300)


class DueForm(UploadsForm):
    due_id = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("What was performed"), choices=[c for c in Due.State.choices if c[0] != "open"], widget=forms.RadioSelect, initial="done"
    )  # fmt: skip
    on = forms.DateField(label=_("Performed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))  # fmt: skip
    amount = forms.DecimalField(label=_("Amount (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2)  # fmt: skip
    note = _lines(_("Note"), rows=2, most=1000)


class CodeForm(forms.Form):
    number = PlainText(label=_("Number"), max_length=20)
    code = PlainText(label=_("Look-up code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}))  # fmt: skip


class DeclareForm(forms.Form):
    words = PlainText(label=_("Type this sentence"), max_length=100)


class ReceiptForm(forms.Form):
    receipt = PlainText(label=_("Signing receipt"), max_length=20)

    def clean_receipt(self) -> str:
        signs = re.sub(r"[^0-9A-Z]", "", self.cleaned_data["receipt"].upper())[:12]
        return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))
