"""A model learns, says why, goes into bytes and comes back the same; broken bytes are refused."""

import hashlib

import numpy as np
import pytest

from gongzhi.learning.rules import likeness, linear, training
from gongzhi.learning.rules.training import Bounds, Sample

BOUNDS = Bounds(class_least=3, word_matters=3, word_villages=2, most_words=100, epochs=20)
TEXTS = {
    "P0101": ["井盖", "松动", "路口"],
    "E0101": ["垃圾", "堆放", "路口"],
    "P0117": ["路灯", "不亮", "路口"],
}


def samples(count: int = 6) -> list[Sample]:
    return [
        Sample(features, code, f"village {n % 3}")
        for n in range(count)
        for code, features in TEXTS.items()
    ]


def a_model() -> linear.Linear:
    return training.train(samples(), BOUNDS)


def test_a_text_gets_the_class_its_words_speak_for_and_says_which():
    first, *_others = linear.guesses(a_model(), ["井盖", "松动", "街边"], most=3)

    assert first.code == "P0101"
    assert set(first.because) == {"井盖", "松动"}


def test_the_same_samples_give_the_same_model():
    assert np.array_equal(a_model().weights, a_model().weights)


def test_a_text_without_a_known_word_gets_no_guess():
    assert linear.guesses(a_model(), ["从未见过"], most=3) == []


def test_a_word_of_few_matters_or_of_one_village_never_enters():
    own = [Sample(["张三丰", "井盖"], "P0101", "village 0") for _n in range(30)]

    model = training.train([*samples(), *own], BOUNDS)

    assert "张三丰" not in model.features
    assert "井盖" in model.features


def test_a_class_with_too_few_matters_is_not_suggested():
    rare = Sample(["热气球"], "E9999", "village 1")

    assert "E9999" not in training.train([*samples(), rare, rare], BOUNDS).classes


def test_two_classes_are_told_apart_like_many():
    two = [sample for sample in samples() if sample.code != "P0117"]

    model = training.train(two, BOUNDS)

    assert [linear.guesses(model, [word], most=1)[0].code for word in ("井盖", "垃圾")] == [
        "P0101", "E0101",
    ]  # fmt: skip


def test_a_model_comes_back_from_its_bytes_the_same():
    model = a_model()
    content = linear.written(model, about={"subject": "item"})

    back = linear.read(content, sha256=hashlib.sha256(content).hexdigest())

    assert (back.classes, back.features) == (model.classes, model.features)
    assert np.array_equal(back.weights, model.weights)
    assert linear.guesses(back, ["路灯"], most=1)[0].code == "P0117"


@pytest.mark.parametrize("spoil", [lambda c: c[:-2], lambda c: b"PK\3\4" + c, lambda c: c + b"\0"])
def test_bytes_that_were_changed_are_refused(spoil):
    content = linear.written(a_model(), about={})
    sha256 = hashlib.sha256(content).hexdigest()

    with pytest.raises(linear.BrokenModel):
        linear.read(spoil(content), sha256=sha256)


def test_a_pickle_is_refused_even_under_its_own_hash():
    content = b"\x80\x04K\x01." + b"\0" * 64

    with pytest.raises(linear.BrokenModel):
        linear.read(content, sha256=hashlib.sha256(content).hexdigest())


def test_accuracy_counts_the_first_the_three_and_what_was_taken_for_what():
    later = [Sample(["井盖"], "P0101", "v"), Sample(["井盖"], "P0117", "v")]

    told = training.judged(a_model(), later, frequent="E0101")

    assert (told.matters, told.first, told.among_three, told.frequent_first) == (2, 1, 2, 0)
    assert {row.code: row.taken_for for row in told.classes} == {
        "P0101": {}, "P0117": {"P0101": 1},
    }  # fmt: skip


def test_how_often_a_score_was_right_is_told_only_after_ten():
    assert training.of_ten([(9, 9), (10, 7)], 0.05) is None
    assert training.of_ten([(9, 9), (10, 7)], 0.15) == 7


def test_alike_texts_are_found_by_rare_words_before_common_ones():
    pool = [["路口", "垃圾"], ["路口", "井盖", "松动"], ["井盖", "松动"]]

    found = likeness.most_alike(
        ["井盖", "松动"], pool, rarity={"路口": 0.5, "井盖": 3.0}, least=0.1, most=2
    )

    assert [place for place, _score, _shared in found] == [2, 1]
    assert found[0][2] == ["井盖", "松动"]
