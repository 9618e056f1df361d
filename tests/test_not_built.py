"""What the product must never become, as far as tables can show it (docs/not-built.md)."""

import re

import pytest
from django.apps import apps

# Words of a column's name, cut at underscores.
NEVER = {
    "faith": {"religion", "religious", "faith", "belief"},
    "politics": {"politics", "political", "membership"},
    "ethnicity": {"ethnic", "ethnicity", "nationality", "race"},
    "recognition": {"face", "faces", "plate", "plates", "fingerprint", "biometric", "iris", "voiceprint"},
    "devices": {"imei", "imsi", "mac", "bluetooth"},
    "tracks": {"track", "tracks", "trajectory", "breadcrumbs"},
    "identity": {"idcard", "identity", "passport", "birthday", "birthdate", "gender", "sex"},
    "judgement": {"score", "credit", "blacklist", "risk", "keyperson"},
}  # fmt: skip
# A side's sex stands on the law's own form, in that one dispute (decision 0030); a score is a file's, of seven points.
OF_A_DISPUTE = {
    "disputes.Party.sex", "dossiers.Dossier.score", "dossiers.Review.score", "allowances.Allowance.score",
    "allowances.RuleLine.least_score",
}  # fmt: skip
OURS = [model for model in apps.get_models() if model.__module__.startswith("gongzhi.")]


@pytest.mark.parametrize("what", NEVER)
def test_no_table_has_a_column_for_it(what):
    found = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.fields
        if NEVER[what] & set(re.split(r"_|(?<=[a-z])(?=[A-Z])", field.name))
    ]

    assert [name for name in found if name not in OF_A_DISPUTE] == []


def test_no_table_places_a_person():
    """Points belong to matters, premises, areas and photos; people have none. A record says where it was made."""
    placed = {
        model._meta.label
        for model in OURS
        if {"lon", "lat"} & {field.name for field in model._meta.fields}
    }

    places = {"matters.Matter", "places.Premises", "places.Area", "files.StoredFile"}
    places |= {"publishing.Publication"}  # the matter's own point, rounded for the public
    places |= {"figures.Fact"}  # the matter's own point, for the map of counts
    places |= {"residents.StreetAlert"}  # streets somebody asks about, rounded; not where they are
    made_with_a_record = {"patrol.Visit", "field.QuickMediation"}  # one point each, never a way
    assert placed == places | made_with_a_record
