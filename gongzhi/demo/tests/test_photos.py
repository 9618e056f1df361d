import io

import pytest
from PIL import Image

from gongzhi.demo import photos
from gongzhi.demo.subjects import subject_of


def test_every_scene_has_pictures_before_and_after():
    drawn = list(photos.names())

    assert 80 <= len(drawn) <= 120
    assert len({photo.name for photo in drawn}) == len(drawn)
    for scene in photos.SCENES:
        assert {photo.after for photo in drawn if photo.scene == scene} == {True, False}


@pytest.mark.parametrize("scene", ["manhole", "stairwell"])
def test_a_picture_is_drawn_from_the_seed_alone(scene):
    photo = photos.Photo(scene, after=False, number=1)

    content = photos.draw(photo, seed=7)

    assert content == photos.draw(photo, seed=7)
    assert content != photos.draw(photo, seed=8)
    picture = Image.open(io.BytesIO(content))
    assert picture.size == (960, 720)
    assert picture.format == "JPEG"


def test_every_subject_names_a_scene_of_the_album():
    named = {
        subject_of(word, "").scene for word in ("排水井盖", "路灯", "楼梯间电动车充电", "暴露垃圾")
    }

    assert named <= set(photos.SCENES)
    assert subject_of("排水井盖", "").scene == "manhole"
