"""The order in which files of tests are dealt out: long ones first, single tests last, no file torn apart."""

from types import SimpleNamespace

from tests.order import in_order, scope_of


def test_what_takes_long_begins_early_and_files_stay_whole():
    names = (
        "gongzhi/places/tests/test_pages.py::test_one",
        "gongzhi/talks/tests/test_rooms.py::test_one[a::b]",
        "gongzhi/talks/tests/test_rooms.py::test_two",
        "tests/test_moves.py::test_one",
        "gongzhi/demo/tests/test_annals.py::test_one",
        "tests/browser/test_story.py::test_one",
        "gongzhi/demo/tests/test_city.py::test_one",
    )

    found = [item.nodeid for item in in_order([SimpleNamespace(nodeid=name) for name in names])]

    assert found == [names[place] for place in (6, 4, 5, 3, 1, 2, 0)]
    assert len({scope_of(names[place]) for place in (4, 6)}) == 1, "one city for both"
    assert len({scope_of(names[place]) for place in (1, 2)}) == 1
