"""What is asked about files."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.dossiers.rules import Point

TOKEN = re.compile(r"[0-9A-Za-z_-]{10,32}")


class PutInForm(forms.Form):
    place = forms.ChoiceField(label=_("Line of the contents"))
    title = PlainText(label=_("What it is"), max_length=100, required=False)
    uploads = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = places

    @property
    def tokens(self) -> list[str]:
        sent = self.data.getlist("uploads") if hasattr(self.data, "getlist") else []
        return [t for part in sent for t in part.split(",") if TOKEN.fullmatch(t)]

    def clean_uploads(self) -> list[str]:
        return self.tokens


class StatementForm(forms.Form):
    statement = PlainText(
        label=_("Statement of the file"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is not in the file and why, or what a reader should know."),
    )  # fmt: skip


class ReviewForm(forms.Form):
    note = PlainText(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip

    def __init__(self, *args: Any, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("full", _("Whole")), ("half", _("Half of it")), ("none", _("None"))]
        for point in points:
            self.fields[f"point_{point.code}"] = forms.ChoiceField(
                label=point.name, help_text=f"{point.asks}（{point.source}）", choices=choices, widget=forms.RadioSelect
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or {})
        points = {name.removeprefix("point_"): value for name, value in said.items() if name.startswith("point_")}  # fmt: skip
        return {"points": points, "note": said.get("note", "")}
