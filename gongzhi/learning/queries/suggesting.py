"""Up to three suggestions for a text, with the words that led to each; a person decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from gongzhi.catalogue import queries as catalogue
from gongzhi.learning.models import Trained
from gongzhi.learning.queries import parameters, stored, texts
from gongzhi.learning.rules import linear, training, words

REASONS = 4  # words named beside a suggestion
SPARE = 3  # classes that are no longer in the catalogue, or have no unit at the place, are skipped
DOUBTFUL = 4  # right less often in ten: told as uncertain, without a number
SHORTEST = 2  # features; a text with fewer says nothing yet


@dataclass(frozen=True)
class Suggested:
    """One suggestion: what it would set, how it is called, and why."""

    id: int  # of the item or the unit
    code: str  # what the model calls it
    name: str
    detail: str
    because: tuple[str, ...]
    score: float
    of_ten: int | None  # of ten held-out suggestions as sure as this, so many were right

    @property
    def is_doubtful(self) -> bool:
        return self.of_ten is not None and self.of_ten < DOUBTFUL


def suggested_items(text: str, *, on: date) -> list[Suggested]:
    """Return items in force a text may be about, the likeliest first; none while nothing was learned."""
    found = []
    for guess, sure in _guesses("item", text, on=on):
        try:
            item = catalogue.item_by_code(guess.code, on)
        except ObjectDoesNotExist:
            continue
        found.append(_suggested(guess, sure, item.id, item.name, item.class_name))
    return found[: parameters.number("suggestions", on=on)]


def suggested_units(text: str, *, item_id: int | None, area_path: str, on: date) -> list[Suggested]:
    """Return units that handled such matters in the end, those that answer for the place."""
    found = []
    for guess, sure in _guesses("unit", text, on=on, item_id=item_id):
        if unit := texts.unit_at(guess.code, area_path):
            found.append(_suggested(guess, sure, unit.id, unit.name, ""))
    return found[: parameters.number("suggestions", on=on)]


def _suggested(
    guess: linear.Guess, sure: Sequence[Any], row_id: int, name: str, detail: str
) -> Suggested:
    because = tuple(words.shown(guess.because, most=REASONS))
    of_ten = training.of_ten(sure, guess.score)
    return Suggested(row_id, guess.code, name, detail, because, guess.score, of_ten)


def _guesses(
    subject: str, text: str, *, on: date, item_id: int | None = None
) -> list[tuple[linear.Guess, Sequence[Any]]]:
    held = stored.ruling(subject)
    if held is None or held.model.is_empty or not text.strip():
        return []
    features = texts.features_of(text, on=on, item_id=item_id)
    if len(features) < SHORTEST:
        return []
    numbers = parameters.parameters(on)
    found = linear.guesses(
        held.model, features, most=int(numbers["suggestions"]) + SPARE, reasons=12
    )
    sure = sureness(held.row_id)
    least = numbers["least_score_percent"] / 100
    # What no word speaks for is only the frequency of the class: nothing to suggest by.
    return [(guess, sure) for guess in found if guess.score >= least and guess.because]


@lru_cache(maxsize=8)
def sureness(trained_id: int) -> Sequence[Any]:
    """Return how often suggestions of each score were right on held-out matters; a version never changes."""
    report = Trained.objects.filter(pk=trained_id).values_list("report", flat=True).first()
    return tuple(report["sure"]) if report else ()
