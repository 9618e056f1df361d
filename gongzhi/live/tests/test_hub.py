"""What viewers are sent, from the one copy all of them share."""

import json
import re

from gongzhi.live.rules import Hub, reset, written

CITY, TOWN, OTHER = "441900/", "441900/004/", "441900/005/"


def a_tile(area=CITY, code="open", version=1, value=0):
    return {"code": code, "area": area, "version": version, "payload": {"value": value}}


def a_line(seq, area=f"{TOWN}012/01/"):
    return {"seq": seq, "area_path": area, "title": "井盖\n破损"}


def published(hub, *lines, tiles=()):
    hub.publish(tiles=tiles, news=list(lines), as_of="2026-11-23T09:00:00+08:00")
    return hub.number


def numbers(events: bytes) -> list[int]:
    return [int(n) for n in re.findall(rb"^id: (\d+)\nevent: news$", events, re.MULTILINE)]


def test_a_viewer_gets_every_number_once_however_publications_fall():
    hub = Hub()
    place = published(hub, a_line(1))

    published(hub, a_line(2), a_line(3))
    published(hub, a_line(3), a_line(4))  # what was sent before is not sent again

    assert numbers(hub.since(CITY, place)) == [2, 3, 4]
    assert hub.since(CITY, hub.number) == b""


def test_a_town_sees_its_own_news_and_tiles_and_learns_how_far_the_city_is():
    hub = Hub()
    place = published(hub)

    published(hub, a_line(1), a_line(2, f"{OTHER}001/01/"), tiles=[a_tile(TOWN), a_tile(OTHER)])

    sent = hub.since(TOWN, place)
    assert numbers(sent) == [1]
    assert sent.count(b"event: tile") == 1
    assert sent.endswith(
        b'id: 2\nevent: beat\ndata: {"seq":2,"as_of":"2026-11-23T09:00:00+08:00"}\n\n'
    )


def test_who_comes_back_gets_what_they_missed_and_nothing_twice():
    hub = Hub()
    published(hub, *(a_line(seq) for seq in range(1, 8)))

    assert hub.holds(4)
    assert numbers(hub.missed(CITY, 4)) == [5, 6, 7]
    assert hub.missed(CITY, 7) == b""
    assert not Hub(seq=9).holds(4)


def test_a_reader_so_slow_that_its_place_is_gone_is_told():
    hub = Hub()
    place = published(hub)

    for seq in range(1, 200):
        published(hub, a_line(seq))

    assert hub.since(CITY, place) is None
    assert reset(seq=hub.seq) == b'id: 199\nevent: reset\ndata: {"seq":199}\n\n'


def test_the_newest_tile_of_a_code_is_the_one_that_is_shown():
    hub = Hub()
    published(hub, tiles=[a_tile(value=1), a_tile(code="urgent")])
    first = hub.snapshot(CITY)

    published(hub, tiles=[a_tile(version=2, value=5)])

    shown = json.loads(hub.snapshot(CITY))
    assert json.loads(first)["tiles"][0]["payload"]["value"] == 1
    assert [(tile["code"], tile["version"]) for tile in shown["tiles"]] == [
        ("open", 2),
        ("urgent", 1),
    ]
    assert hub.version == 2


def test_an_event_is_one_line_of_data_whatever_people_wrote():
    event = written("news", a_line(1), number=1)

    assert event.count(b"\n") == 4
    assert json.loads(event.split(b"data: ")[1])["title"] == "井盖\n破损"
