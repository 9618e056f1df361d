"""Uploads in parts: what is sent twice does no harm, what is broken starts over, what is unfinished goes."""

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.files import actions, queries
from gongzhi.files.models import Part, PartUpload, StoredFile
from gongzhi.files.tests.builders import MEI, NOON, OMAR, a_picture

pytestmark = pytest.mark.django_db


class Sent:
    """A photo and the way its parts go."""

    def __init__(self, content: bytes | None = None, *, sha256: str = "") -> None:
        self.content = content or a_picture()
        self.about = actions.Announced(
            uuid4(), len(self.content), sha256 or hashlib.sha256(self.content).hexdigest(), "a.jpg"
        )

    def part(self, start: int, end: int | None = None, *, actor=MEI, content: bytes | None = None):
        return actions.take_part(
            upload=self.about, start=start, content=self.content[start:end] if content is None else content, actor=actor, at=NOON
        )  # fmt: skip


def test_parts_become_one_cleaned_file():
    sent = Sent()
    assert sent.part(0, 700).offset == 700
    state = sent.part(700)

    assert (state.complete, StoredFile.objects.get().source_sha256) == (True, sent.about.sha256)
    assert not Part.objects.exists()
    assert (
        queries.parts_of([sent.about.id], MEI)[sent.about.id].token
        == StoredFile.objects.get().token
    )


def test_repeated_overlapping_and_early_parts_do_no_harm():
    sent = Sent()
    sent.part(0, 700)
    assert sent.part(0, 700).offset == 700
    assert sent.part(900).offset == 700, "what comes too early is told where to go on"
    assert sent.part(300, 1000).offset == 1000
    assert sent.part(1000).complete
    assert sent.part(0, 500).complete
    assert StoredFile.objects.count() == 1


def test_a_wrong_sum_starts_over_and_then_arrives():
    sent = Sent()
    sent.part(0, 700, content=b"x" * 700)
    state = sent.part(700)
    assert (state.offset, state.complete, state.words != "") == (0, False, True)

    sent.part(0, 700)
    assert sent.part(700).complete


def test_what_cannot_be_kept_stays_known_with_the_reason():
    sent = Sent(b"MZ" + bytes(900))
    state = sent.part(0)

    assert (state.complete, state.refused, state.words != "") == (False, True, True)
    assert sent.part(0).words == state.words
    assert not StoredFile.objects.exists()


def test_nobody_goes_on_with_the_upload_of_somebody_else():
    sent = Sent()
    sent.part(0, 700)

    with pytest.raises(OutOfReach):
        sent.part(700, actor=OMAR)
    assert queries.parts_of([sent.about.id], OMAR) == {}


def test_another_file_cannot_take_the_id():
    sent, other = Sent(), Sent(a_picture(size=(50, 50)))
    sent.part(0, 700)
    other.about = actions.Announced(sent.about.id, other.about.size, other.about.sha256)

    with pytest.raises(Refused):
        other.part(0)


@pytest.mark.parametrize(
    ("size", "sha256"), [(0, "a" * 64), (1 << 40, "a" * 64), (10, "a" * 63), (10, "A" * 64)]
)
def test_what_is_announced_wrongly_is_refused_in_words(size, sha256):
    about = actions.Announced(UUID(int=1), size, sha256)
    with pytest.raises(Invalid):
        actions.take_part(upload=about, start=0, content=b"x", actor=MEI, at=NOON)


def test_more_bytes_than_announced_are_refused():
    sent = Sent()
    with pytest.raises(Invalid):
        sent.part(0, content=sent.content + b"more")


def test_too_many_unfinished_ones_wait(settings):
    settings.UPLOADS_UNFINISHED = 1
    Sent().part(0, 100)

    with pytest.raises(Refused):
        Sent(a_picture(size=(50, 50))).part(0, 100)


def test_unfinished_uploads_go_after_some_days_and_held_photos_stay():
    sent, whole = Sent(), Sent(a_picture(size=(50, 50)))
    sent.part(0, 100)
    whole.part(0)
    token = StoredFile.objects.get().token
    actions.hold(tokens=[token], until=NOON + timedelta(days=90), actor=MEI)

    actions.forget_parts(at=NOON + timedelta(days=8))
    actions.remove_unclaimed(at=NOON + timedelta(days=8))
    assert (PartUpload.objects.count(), StoredFile.objects.count()) == (0, 1)
    assert actions.claim(tokens=[token], actor=MEI, at=NOON + timedelta(days=80))
