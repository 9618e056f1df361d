"""
What Gongzhi never becomes (docs/not-built.md), kept as tests.

It serves people and binds offices. It is not an instrument to watch people. Whoever adds a column or a
page that breaks a promise reads here which one; a promise is changed by a decision, not by a test.
"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import get_resolver

from gongzhi.base.secrets import EncryptedTextField
from gongzhi.config.roles import ROLES
from gongzhi.matters.models import Reporter
from gongzhi.residents.models import Resident
from tests.doors import routes

ROOT = Path(__file__).resolve().parents[1]
OURS = [model for model in apps.get_models() if model.__module__.startswith("gongzhi.")]
COLUMNS = [
    (model, field)
    for model in OURS
    for field in model._meta.get_fields()
    if hasattr(field, "column")
]


# What the law's own forms ask of a side of a dispute: inside that one matter, forgotten with it (decision 0030).
OF_A_PARTY = {"id_number", "birth_year", "sex", "legal_person"}


def named(pattern: str) -> list[str]:
    """Return the columns whose name has one of the words, but for those of a party to a dispute."""
    words = re.compile(rf"(?:^|_)(?:{pattern})(?:_|$)")
    found = [f"{m._meta.label}.{f.name}" for m, f in COLUMNS if words.search(f.name)]
    return [name for name in found if name not in {f"disputes.Party.{own}" for own in OF_A_PARTY}]


def test_there_is_no_register_of_the_population():
    assert (
        named(
            "id_?card|id_?number|identity|passport|birth\\w*|household|residents|occupant|tenant|landlord"
        )
        == []
    )
    pointing = {name.split(".")[0] for name in named("resident")}
    assert pointing == {"residents"}, "an account is known in its owner's corner and nowhere else"


def test_a_resident_account_is_a_way_to_be_reached_and_nothing_else():
    assert {field.name for field in Resident._meta.fields} == {
        "id", "phone", "phone_index", "email", "language", "large_type", "by_sms", "by_email", "digest", "quiet_from",
        "quiet_to", "paused_until", "mark", "made_at", "seen_at",
    }  # fmt: skip


def test_a_person_appears_only_as_a_user_or_as_a_party_to_a_matter():
    """Telephone numbers stand where people signed up, where they asked to hear back, and on messages."""
    homes = {
        f"{model._meta.label}"
        for model, field in COLUMNS
        if field.name in {"phone", "mobile", "email", "contact", "address_book"}
    }

    assert homes == {
        "accounts.User",
        "matters.Reporter",
        "residents.Resident",  # who signed in to be told
        "guard.Appeal",  # who objects to a block and wants an answer
        "duty.Contact",  # telephones of posts; a person's own only where they entered it themselves
        "disputes.Party",  # a side of one dispute, sealed
        "allowances.Objection",  # who objects to a payment and wants an answer
        "mediators.Body", "centres.Centre", "centres.Partner",  # of offices
    }  # fmt: skip
    party = Reporter._meta.get_field("matter")
    assert not party.null, "nobody is kept without the matter they are part of"
    side = apps.get_model("disputes", "Party")
    assert not side._meta.get_field("dispute").null
    sealed = {"name", "id_number", "phone", "email", "address", "legal_person"}
    assert {f.name for f in side._meta.fields if isinstance(f, EncryptedTextField)} == sealed


def test_no_field_tells_politics_religion_or_origin():
    assert (
        named(
            "ethnic\\w*|nation|nationality|race|religion|faith|political\\w*|party_member|gender|sex|marital"
        )
        == []
    )


def test_no_face_plate_telephone_or_device_is_recognised():
    assert (
        named(
            "face|faces|plate|licen[cs]e_plate|imei|imsi|mac|fingerprint|biometric|embedding|voiceprint"
        )
        == []
    )
    wanted = (ROOT / "requirements" / "app.in").read_text().lower()
    # opencv without contrib finds that there is a face, to make it unreadable; its recognisers are in contrib.
    assert not re.search(
        r"^(opencv.*contrib|face|dlib|insightface|ultralytics|torch|easyocr|paddle)",
        wanted,
        re.MULTILINE,
    )


def test_pictures_are_looked_into_by_publishing_alone_and_only_for_regions_to_cover():
    users = {
        path.relative_to(ROOT / "gongzhi").parts[0]
        for path in (ROOT / "gongzhi").rglob("*.py")
        if re.search(
            r"^\s*(import cv2|from cv2)|import_module\(.cv2", path.read_text(), re.MULTILINE
        )
    }

    assert users == {"publishing"}
    assert not any(
        re.search(
            r"recogni[sz]er|FaceRecognizer|getFaceFeature|ocr", path.read_text(), re.IGNORECASE
        )
        for path in (ROOT / "gongzhi" / "publishing").rglob("*.py")
    )


def test_nobody_leaves_a_trail_of_places():
    """Points belong to matters, areas, premises, photos and records of work; never to a person."""
    placed = {
        m._meta.label
        for m, f in COLUMNS
        if f.name in {"lon", "lat", "longitude", "latitude", "location", "geolocation"}
    }

    assert placed <= {
        "matters.Matter",
        "places.Area",
        "places.Premises",
        "files.StoredFile",
        "patrol.Visit",  # where a record was made, once, with the record
        "field.QuickMediation",  # where two sides agreed
        "publishing.Publication",  # of the matter, rounded
        "figures.Fact",  # the matter's own, for counting by place
        "residents.StreetAlert",  # streets somebody chose to hear about, rounded to 100 m
    }


def test_no_person_has_a_score_a_grade_or_a_rank():
    people = {"accounts.User", "accounts.Posting", "matters.Reporter"}
    judged = [
        name
        for name in named(
            "score|points|grade|rank|level|credit|risk|label|tag|tags|blacklist|watch\\w*|merit"
        )
        if name.rsplit(".", 1)[0] in people
    ]

    assert judged == []


def test_no_table_lists_people_to_be_watched_and_nobody_is_alerted_about_a_person():
    suspicious = re.compile(
        r"watch|black|white_?list|suspect|petitioner|key_?person|population|resident|profile|alert",
        re.IGNORECASE,
    )

    ours = {"residents.Resident", "residents.StreetAlert"}  # an account; an alert about streets
    assert {m._meta.label for m in OURS if suspicious.search(m.__name__)} == ours


def test_what_a_reporter_left_is_readable_only_with_the_key_and_cannot_be_searched():
    for name in ("name", "phone", "email"):
        field = Reporter._meta.get_field(name)
        assert isinstance(field, EncryptedTextField), name
        assert not field.db_index, name
    # The one account that is found by its telephone is its owner's, at the owner's own door.
    assert named("phone_index|email_index|phone_hash|email_hash") == [
        "residents.Resident.phone_index"
    ]


def test_nobody_can_look_for_matters_by_who_reported_them():
    from gongzhi.matters.queries import Filter  # noqa: PLC0415

    assert not {"reporter", "phone", "name", "person", "email"} & set(Filter.__dataclass_fields__)
    assert "reporter" not in " ".join(
        route for route, _page in routes() if "reporters" not in route
    )


def test_clocks_bind_offices_not_people():
    """Who is late is a unit; a person who reports or complains has no clock."""
    assert named("petition\\w*|complaint_count|visit_count") == []
    assert not any(
        "petition" in capability for role in ROLES.values() for capability in role.capabilities
    )


def test_nobody_is_rewarded_for_telling_on_somebody():
    assert named("reward|rewards|bounty|prize|bonus|payout") == []


@pytest.mark.parametrize(
    "text",
    ["邻居张三 身份证441900199001011234 总是很晚回家", "举报44190019900101123X 的人"],
)
def test_a_report_that_carries_an_identity_number_is_refused_with_the_lawful_route(text):
    from gongzhi.incidents import rules  # noqa: PLC0415

    assert rules.names_a_person(text)


def test_premises_keep_no_owner_and_refuse_columns_about_people():
    from gongzhi.places.rules.personal import personal_columns  # noqa: PLC0415

    owners = named("owner\\w*|landlord|tenant|occupant|legal_person|contact_name|manager_name")
    # The official who is named for a long-pending matter or a major dispute answers by their office.
    officials = ("oversight.Ownership.", "centres.Major")
    assert [name for name in owners if not name.startswith(officials)] == []
    header = [
        "编码",
        "名称",
        "户主",
        "民族",
        "身份证号",
        "手机",
        "负责人",
        "宗教",
        "owner",
        "birthday",
    ]
    assert personal_columns(header) == header[2:]


def test_no_door_shows_a_list_of_residents():
    assert get_resolver() is not None
    words = re.compile(r"resident|population|watch|face|plate|petitioner|score", re.IGNORECASE)

    assert [route for route, _page in routes() if words.search(route)] == []


def test_every_promise_stands_in_the_documents():
    text = (ROOT / "docs" / "not-built.md").read_text()

    for promise in ("population", "recognition", "score", "petition", "religio"):
        assert promise in text.lower(), promise


def test_matters_that_are_closed_stay_for_those_who_take_them_further():
    """Going to court, to arbitration or to another office needs the file: nothing deletes it."""
    for model, field in COLUMNS:
        if (
            field.is_relation
            and field.related_model is not None
            and field.related_model._meta.label == "matters.Matter"
        ):
            assert field.remote_field.on_delete is models.PROTECT, (
                f"{model._meta.label}.{field.name}"
            )
