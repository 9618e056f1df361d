"""Learns items and units from the city's own settled matters, and puts a version in force."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongzhi.catalogue import queries as catalogue
from gongzhi.learning.models import Trained
from gongzhi.learning.queries import parameters, stored, texts
from gongzhi.learning.rules import linear, training
from gongzhi.matters import queries as matters

VILLAGE = 3  # segments of a path down to the village
CONFUSIONS = 3  # named beside a class


def retrain(*, at: datetime) -> list[Trained]:
    """
    Train both models anew on settled matters, judge them on the newest, and put them in force.

    Texts that single out a person are left out; of all others persons are hidden before anything is
    learned. A version whose matters are too few is kept as such and does not rule.
    """
    on = timezone.localdate(at)
    learned, left_out = _samples(at, on)
    return [_train(subject, rows, left_out, at=at, on=on) for subject, rows in learned.items()]


Dated = tuple[date, training.Sample]


def _samples(at: datetime, on: date) -> tuple[dict[str, list[Dated]], int]:
    numbers = parameters.parameters(on)
    since = at - timedelta(days=numbers["train_days"])
    learned: dict[str, list[Dated]] = {"item": [], "unit": []}
    left_out = 0
    for row in matters.settled_texts(since=since, most=int(numbers["train_most"])):
        if row.item_id is None or not row.text:
            continue
        if texts.singles_out_a_person(row.text, on=on):
            left_out += 1
            continue
        day, village = timezone.localdate(row.reported_at), _village(row.area_path)
        features = texts.features_of(row.text, on=on)
        code = catalogue.item(row.item_id).code
        learned["item"].append((day, training.Sample(features, code, village)))
        if row.lead_unit_id:
            label = texts.label_of_unit(row.lead_unit_id)
            with_item = [*features, f"#{code}"]
            learned["unit"].append((day, training.Sample(with_item, label, village)))
    return learned, left_out


def _village(area_path: str) -> str:
    return "/".join(area_path.split("/")[:VILLAGE])


def _train(subject: str, rows: list[Dated], left_out: int, *, at: datetime, on: date) -> Trained:
    started = time.process_time()
    numbers, bounds = parameters.parameters(on), parameters.training_bounds(on)
    row = Trained(subject=subject, trained_at=at, learned_count=len(rows), left_out_count=left_out)
    if len(rows) < numbers["train_least"]:
        row.needed_count = int(numbers["train_least"])
        return _kept(row, None)
    held_out_from = _held_out_from(rows, int(numbers["holdout_days"]))
    earlier = [sample for day, sample in rows if day < held_out_from]
    later = [sample for day, sample in rows if day >= held_out_from]
    _judge(row, earlier, later, bounds)
    model = training.train([sample for _day, sample in rows], bounds)
    days = [day for day, _sample in rows]
    row.since, row.until, row.held_out_from = min(days), max(days), held_out_from
    row.class_count, row.feature_count = len(model.classes), len(model.features)
    row.seconds = time.process_time() - started
    return _kept(row, None if model.is_empty else model)


def _held_out_from(rows: Sequence[Dated], most_days: int) -> date:
    """Return the first day that is held out: the given days at the end, at most a fifth of the matters."""
    days = sorted(day for day, _sample in rows)
    return max(days[-1] - timedelta(days=most_days - 1), days[int(len(days) * 0.8)])


def _judge(
    row: Trained,
    earlier: Sequence[training.Sample],
    later: Sequence[training.Sample],
    bounds: training.Bounds,
) -> None:
    model = training.train(earlier, bounds)
    told = training.judged(model, later, frequent=training.most_frequent(earlier))
    row.judged_count, row.first_count, row.three_count, row.frequent_count = (
        told.matters, told.first, told.among_three, told.frequent_first,
    )  # fmt: skip
    row.report = {"classes": [_line(one) for one in told.classes], "sure": told.sure}


def _line(one: training.ClassReport) -> dict[str, Any]:
    often = sorted(one.taken_for.items(), key=lambda pair: (-pair[1], pair[0]))[:CONFUSIONS]
    return asdict(one) | {"taken_for": often}


@transaction.atomic
def _kept(row: Trained, model: linear.Linear | None) -> Trained:
    """Store the version; a model becomes the ruling one in the same transaction."""
    same = Trained.objects.filter(subject=row.subject)
    row.version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
    if model is not None:
        about = {"subject": row.subject, "version": row.version, "until": str(row.until)}
        content = linear.written(model, about=about)
        row.sha256, row.size = hashlib.sha256(content).hexdigest(), len(content)
        name = f"learning/{row.subject}-{row.version}-{row.sha256[:12]}.bin"
        row.file = default_storage.save(name, ContentFile(content))
        same.filter(is_ruling=True).update(is_ruling=False)
        row.is_ruling = True
    row.save()
    stored.forget()
    return row


def forget_old_models(*, at: datetime) -> int:
    """Delete the files of versions beyond those that are kept; what is told of them stays."""
    most = parameters.number("models_kept", on=timezone.localdate(at))
    count = 0
    for subject in Trained.Subject.values:
        old = Trained.objects.filter(subject=subject, is_ruling=False).exclude(file="")
        for row in old.order_by("-version")[most - 1 :]:
            default_storage.delete(row.file)
            Trained.objects.filter(pk=row.pk).update(file="")
            count += 1
    return count
