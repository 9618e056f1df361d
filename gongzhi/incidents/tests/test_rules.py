"""What a report's words are made into."""

from gongzhi.incidents import rules


def test_a_title_is_the_first_sentence_shortened():
    assert rules.title_of("井盖破了。请快来", "井盖") == "井盖破了"
    assert rules.title_of("", "井盖") == "井盖"
    assert len(rules.title_of("长" * 500, "井盖")) == rules.LONGEST_TITLE


def test_control_characters_go_and_lines_and_emoji_stay():
    assert rules.clean("井盖\x00坏了\r\n快来\x1b😀 ") == "井盖坏了\n快来😀"


def test_an_identity_number_shows_that_a_report_is_about_a_person():
    assert rules.names_a_person("他的身份证是441900199001011234，请查")
    assert not rules.names_a_person("电话 13800000000，编号 26-0001-8427-7")
