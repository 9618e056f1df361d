"""Nothing about a person is learned; words of the catalogue are."""

import pytest

from gongzhi.learning.rules import words

KNOWN = {"井盖"}


def test_a_surname_in_a_word_of_the_catalogue_does_not_hide_it():
    assert "井盖" in words.features("马路上井盖破损", known=KNOWN)


def test_a_name_the_tokeniser_knows_is_dropped_with_its_pairs():
    found = words.features("李建国在路边堆放杂物", known=KNOWN)

    assert not [word for word in found if "建国" in word or "李建" in word]
    assert "堆放" in found


@pytest.mark.parametrize("text", ["电话13800138000", "１３８００１３８０００", "2026年11月"])
def test_no_digit_becomes_a_feature(text):
    assert not [word for word in words.features(text, known=()) if any(map(str.isdigit, word))]


def test_whole_words_are_named_as_reasons_before_pairs_of_characters():
    features = ["~盖松", "井盖", "松动", "#P0101", "下水道井盖"]

    assert words.shown(features, most=4) == ["松动", "下水道井盖"]
    assert words.shown(["~盖松"], most=4) == ["盖松"]
