"""What is hidden, rounded, merged and told together."""

import io

import pytest
from PIL import Image

from gongzhi.publishing import rules
from gongzhi.publishing.rules import Pace, Place, Region, Stage, Verdict
from gongzhi.publishing.rules.blurring import UnreadablePhoto, blurred


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("请联系13812345678", "13812345678"),
        ("电话138 1234 5678转告", "1234"),
        ("打0769-22481234", "22481234"),
        ("身份证441900199001011234", "199001"),
        ("身份证44190019900101123X本人", "123X"),
        ("粤S12345停在消防通道", "S12345"),
        ("车牌粤S·D12345挡路", "12345"),
        ("粤B D 1234 5", "1234"),
        ("邮箱a.li@example.com", "example"),
        ("微信号abc12345", "abc12345"),
        ("3栋502房漏水", "502"),
        ("住12号楼2单元301室", "301"),
        ("元美路66号旁边", "66"),
        ("王先生反映", "王先生"),
        ("李小梅女士说", "李小梅"),
        ("联系人：陈大文", "陈大文"),
        ("我叫张三丰，", "张三丰"),
        ("欧阳修老师家", "欧阳"),
        ("老王修的", "老王"),
        ("见 https://example.com/u/1", "example"),
    ],
)
def test_what_points_at_a_person_is_hidden(said, secret):
    assert secret not in rules.hide(said).text


@pytest.mark.parametrize(
    "said",
    [
        "路面破损，坑深约15厘米，晚上看不清",
        "井盖缺失，2026年11月20日发现",
        "垃圾堆放3天无人清理，面积约20平方米",
        "河道水体发黑，有异味",
        "共享单车占用盲道和人行道",
    ],
)
def test_ordinary_words_stay_as_they_are(said):
    assert rules.hide(said).text == said


@pytest.mark.parametrize(
    ("address", "areas", "street"),
    [
        ("中堂镇涌园村涌园环村路120号", ("中堂镇", "涌园村"), "涌园环村路"),
        ("厚街镇田岗村田岗三巷145号", ("厚街镇", "田岗村"), "田岗三巷"),
        ("元美路12号3栋502房", (), "元美路"),
        ("南城街道胜和社区胜和一路57号", ("南城街道", "胜和社区"), "胜和一路"),
        ("南城街道鸿福路与东莞大道交叉口", ("南城街道",), "东莞大道"),
        ("", (), ""),
        ("某小区地下车库", (), ""),
    ],
)
def test_a_street_is_named_without_its_number(address, areas, street):
    assert rules.street_of(address, areas=areas) == street


@pytest.mark.parametrize(
    ("counts", "shown", "rest"),
    [
        ([("a", 9), ("b", 7)], {"a", "b"}, 0),
        ([("a", 9), ("b", 7), ("c", 2)], {"a"}, 9),
        ([("a", 9), ("b", 4), ("c", 3)], {"a"}, 7),
        ([("a", 3)], set(), 3),
        ([], set(), 0),
    ],
)
def test_small_numbers_are_told_only_together(counts, shown, rest):
    told, others = rules.protected(counts, least=5)

    assert (set(told), others) == (shown, rest)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_matter_that_ended_unhandled_never_comes_before_a_moderator(stage):
    assert not rules.is_due(Pace.NEVER, stage)
    assert not rules.is_due(Pace.ACCEPTED, Stage.ENDED)
    assert not rules.is_due(Pace.ACCEPTED, Stage.RECEIVED)


def test_the_catalogue_may_keep_words_to_the_office():
    verdict = Verdict("*", Pace.ACCEPTED, text=True, place=Place.STREET, photos=True, source="x")

    assert not rules.strictest(verdict, publishes_description=False).text
    assert rules.strictest(verdict, publishes_description=True).text


def test_boxes_on_each_other_become_one():
    found = rules.merged([Region(0.1, 0.1, 0.2, 0.2), Region(0.12, 0.12, 0.1, 0.1), Region(0.7, 0.7, 0.1, 0.1)])  # fmt: skip

    assert len(found) == 2


@pytest.mark.parametrize(
    "boxes", ["no", [[1, 2, 3]], [[0.1, 0.1, "x", 0.2]], [[2, 0, 0.1, 0.1]], [[0, 0, True, 1]], [[0.1] * 4] * 61]
)  # fmt: skip
def test_what_is_no_box_is_refused(boxes):
    assert rules.read_regions(boxes) is None


def a_picture(size=(400, 300)):
    picture = Image.effect_noise(size, 90).convert("RGB")
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Li"
    picture.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue(), picture


def test_a_covered_region_keeps_no_detail_and_the_file_no_metadata():
    content, picture = a_picture()

    covered = Image.open(io.BytesIO(blurred(content, [Region(0.25, 0.25, 0.5, 0.5)])))

    inside = covered.crop((110, 85, 290, 215)).convert("L")
    assert max(inside.getextrema()) - min(inside.getextrema()) < 80 < _spread(picture)
    assert not covered.getexif()
    assert b"Camera of Li" not in blurred(content, [])


def _spread(picture):
    low, high = picture.convert("L").getextrema()
    return high - low


def test_a_covered_region_is_a_coarse_mosaic():
    content, _picture = a_picture()

    covered = Image.open(io.BytesIO(blurred(content, [Region(0, 0, 1, 1)]))).convert("RGB")

    # Sixteen neighbours of a cell's middle are one colour, give or take the blur at the edges.
    cell = covered.crop((30, 20, 34, 24)).convert("L").getextrema()
    assert cell[1] - cell[0] <= 8


def test_what_is_no_picture_is_never_shown():
    with pytest.raises(UnreadablePhoto):
        blurred(b"no picture", [])
