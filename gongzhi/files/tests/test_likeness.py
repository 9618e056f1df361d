import io
import random

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from gongzhi.files import actions, queries
from gongzhi.files.rules import NEAR, apart, bands_of
from gongzhi.files.rules.likeness import likeness_of
from gongzhi.files.tests.builders import MEI, NOON, a_picture, an_upload


def a_scene(seed: int) -> Image.Image:
    chance, image = random.Random(seed), Image.new("RGB", (640, 480), "white")
    draw = ImageDraw.Draw(image)
    for _n in range(40):
        x, y = chance.randrange(600), chance.randrange(440)
        tone = tuple(chance.randrange(256) for _c in range(3))
        draw.rectangle(
            (x, y, x + chance.randrange(20, 200), y + chance.randrange(20, 160)), fill=tone
        )
    return image


def as_jpeg(image: Image.Image, quality: int = 90) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def kept(content: bytes, *, claimed: bool = True) -> queries.FileLink:
    link = actions.receive(upload=an_upload(content), actor=MEI, at=NOON)
    if claimed:
        actions.claim(tokens=[link.token], actor=MEI, at=NOON)
    return link


@pytest.mark.parametrize("seed", range(12))
def test_a_photo_saved_smaller_and_worse_stays_alike_and_another_does_not(seed):
    scene = a_scene(seed)
    worse = Image.open(io.BytesIO(as_jpeg(scene.resize((300, 225)), 40)))
    darker = ImageEnhance.Brightness(scene).enhance(0.85)
    first = likeness_of(scene)

    assert apart(first, likeness_of(worse)) <= NEAR
    assert apart(first, likeness_of(darker)) <= NEAR
    assert apart(first, likeness_of(a_scene(seed + 100))) > NEAR


def test_near_hashes_share_a_band_whichever_bits_differ():
    chance = random.Random(7)
    for _n in range(500):
        one = chance.getrandbits(64)
        other = one
        for bit in chance.sample(range(64), NEAR):
            other ^= 1 << bit
        assert set(bands_of(one)) & set(bands_of(other))


def test_a_picture_without_edges_has_no_likeness():
    assert likeness_of(Image.new("RGB", (640, 480), "black")) is None


@pytest.mark.django_db
def test_a_photo_that_was_filed_before_is_found_by_its_token():
    scene = a_scene(1)
    before = kept(as_jpeg(scene))
    kept(as_jpeg(a_scene(2)))
    again = kept(as_jpeg(scene.resize((400, 300)), 50), claimed=False)

    assert [one.other_id for one in queries.alike(tokens=[again.token])] == [before.id]


@pytest.mark.django_db
def test_what_was_never_filed_is_not_found():
    kept(as_jpeg(a_scene(1)), claimed=False)
    again = kept(as_jpeg(a_scene(1)), claimed=False)

    assert queries.alike(ids=[again.id]) == []


@pytest.mark.django_db
def test_the_very_same_bytes_are_found_even_without_edges():
    before = kept(a_picture())
    again = kept(a_picture(), claimed=False)

    found = queries.alike(ids=[again.id])
    assert [(one.other_id, one.bits) for one in found] == [(before.id, 0)]


@pytest.mark.django_db
def test_asking_about_nothing_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.alike() == []
