"""The detector: it finds regions, in pictures drawn here; it is loaded by nobody but the worker."""

import io
import subprocess
import sys

import pytest
from PIL import Image, ImageDraw, ImageFont

from gongzhi.publishing.rules import Region
from gongzhi.publishing.rules.blurring import UnreadablePhoto
from gongzhi.publishing.rules.finding import find

PLATES = {
    "blue": ((18, 60, 170), (255, 255, 255)),
    "green": ((120, 215, 130), (10, 20, 10)),
    "yellow": ((240, 190, 20), (15, 15, 15)),
}


def a_street_with_a_plate(colour, *, at=(420, 380), size=(176, 56), turned=0):
    ground, letters = PLATES[colour]
    street = Image.new("RGB", (960, 720), (128, 130, 128))
    ImageDraw.Draw(street).rectangle((300, 220, 720, 500), fill=(70, 72, 76))
    plate = Image.new("RGB", size, ground)
    ImageDraw.Draw(plate).text(
        (10, 6), "S·D1234E", fill=letters, font=ImageFont.load_default(size[1] * 0.62)
    )
    mask = Image.new("L", size, 255).rotate(turned, expand=True)
    street.paste(plate.rotate(turned, expand=True), at, mask)
    out = io.BytesIO()
    street.save(out, "JPEG", quality=88)
    middle = ((at[0] + mask.width / 2) / 960, (at[1] + mask.height / 2) / 720)
    return out.getvalue(), middle


@pytest.mark.parametrize("colour", PLATES)
@pytest.mark.parametrize("turned", [0, 8, -12])
@pytest.mark.parametrize("size", [(176, 56), (88, 28)])
def test_plates_of_every_colour_are_found(colour, turned, size):
    content, (x, y) = a_street_with_a_plate(colour, size=size, turned=turned)

    assert any(r.left < x < r.right and r.top < y < r.bottom for r in find(content))


def test_an_empty_wall_has_nothing_to_cover():
    out = io.BytesIO()
    Image.new("RGB", (800, 600), (190, 190, 180)).save(out, "JPEG")

    assert find(out.getvalue()) == []


def test_what_is_found_lies_inside_the_picture():
    content, _middle = a_street_with_a_plate("blue", at=(-40, 680))

    assert all(
        isinstance(r, Region) and 0 <= r.left < r.right <= 1.0001 and 0 <= r.top < r.bottom <= 1.0001
        for r in find(content)
    )  # fmt: skip


def test_what_is_no_picture_is_said_to_be_none():
    with pytest.raises(UnreadablePhoto):
        find(b"no picture")


def test_a_web_process_starts_without_the_detector():
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'gongzhi.config.settings'\n"
        "import django; django.setup(); import gongzhi.config.urls\n"
        "sys.exit('cv2' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
