"""A quarrel with a secret in it, for the tests that knock on every door."""

from gongzhi.disputes.actions import Side
from gongzhi.disputes.tests.builders import a_body, a_mediator, everybody, in_mediation
from tests.cast import MONDAY, VILLAGE, Cast

PARTS = ("desk/disputes/", "desk/talks/", "talk/", "sign/", "mediation/")


def in_dispute(cast: Cast, secret: str) -> dict[str, dict[str, object]]:
    """Have two sides at the table in the town; return, by a part of the route, its number and ids."""
    body = a_body(cast.units["station"])
    person = a_mediator(body, user=cast.people["mei"])
    sides = [
        Side(side="applicant", name=secret, phone="13800000001", address=secret),
        Side(side="respondent", name="李乙", phone="13800000002"),
    ]
    row = in_mediation(
        body=body, actor=everybody(body), at=MONDAY, area_path=VILLAGE, sides=sides, story=secret, wish=secret,
    )  # fmt: skip
    number = row.matter.number
    here = {
        part: {"number": number, "step": "read", "subject": "mediation", "table": "cases"}
        for part in PARTS
    }
    return here | {"mediators/": {"mediator_id": person.pk}, "setup/bodies/": {"body_id": body.pk}}
