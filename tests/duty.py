"""One thing of each kind that the duty desk keeps, for the tests that knock on every door."""

from datetime import timedelta

from gongzhi.duty import actions, queries
from tests.cast import MONDAY, Cast


def on_duty(cast: Cast, secret: str) -> dict[str, dict[str, object]]:
    """Return, by a part of the route, which ids a page of the duty desk is asked for."""
    tan, mei, unit = cast.actor("tan"), cast.actor("mei"), cast.units["town"].pk
    desk = actions.open_desk(unit_id=unit, valid_from=MONDAY.date(), actor=tan, at=MONDAY)
    shift = queries.patterns(desk)[0]
    seat = actions.Seat(shift.pk, MONDAY.date(), "dispatcher", cast.people["mei"].pk, secret)
    stint = actions.assign(unit_id=unit, seat=seat, actor=tan, at=MONDAY)
    handover = actions.begin_handover(unit_id=unit, actor=mei, at=MONDAY)
    actions.add_point(
        handover_id=handover.pk, number="", title=secret, note=secret, actor=mei, at=MONDAY
    )
    below = [cast.units["station"].pk]
    bulletin = actions.publish_bulletin(
        draft=actions.BulletinDraft(unit, secret, secret, MONDAY + timedelta(days=300), below),
        actor=tan,
        at=MONDAY,
    )
    order = actions.issue(
        draft=actions.InstructionDraft(unit, secret, secret, "ordinary", below),
        actor=tan,
        at=MONDAY,
    )
    contact = actions.add_contact(
        draft=actions.ContactDraft(unit, "值班室", "0769-22830000", note=secret),
        actor=tan,
        at=MONDAY,
    )
    room = actions.add_room(
        draft=actions.RoomDraft(unit, secret, "video", "https://meet.example.org/1"),
        actor=tan,
        at=MONDAY,
    )
    part = queries.detail(tan, order.number, at=MONDAY).receivers[0].receiver.pk
    return {
        "duty/roster/shifts/": {"row_id": shift.pk}, "duty/roster/rotations/": {"row_id": 1},
        "duty/roster/": {"row_id": stint.pk}, "duty/swaps/": {"row_id": 1}, "duty/handovers/": {"row_id": handover.pk},
        "duty/instructions": {"number": order.number, "row_id": part, "unit": "station"},
        "duty/bulletins/": {"row_id": bulletin.pk}, "duty/contacts/rooms/": {"row_id": room.pk},
        "duty/contacts/": {"row_id": contact.pk},
    }  # fmt: skip
