"""What is known of reaching the sides: attempts, links, answers, and what is still lacking."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.base.secrets import blind_index
from gongzhi.disputes import queries as disputes
from gongzhi.matters.kind import Step
from gongzhi.talks import rules
from gongzhi.talks.models import Answer, Attempt, Invitation, PhoneCare
from gongzhi.talks.queries.content import (
    counted_ways,
    name_of,
    norm_row,
    norms,
    reaching_outcomes,
)
from gongzhi.talks.queries.seats import Seat, Side, seat_of, sides

CODE = "talk-link"


@dataclass(frozen=True)
class AttemptRow:
    row: Attempt
    way: str
    outcome: str
    is_late: bool


@dataclass(frozen=True)
class Reached:
    """One side, every attempt to reach it, its newest answer, and what is lacking before it counts as unreachable."""

    side: Side
    attempts: list[AttemptRow]
    answers: list[Answer]
    lacking: list[str]
    is_reached: bool
    care: PhoneCare | None

    @property
    def made(self) -> int:
        return sum(one.row.made_at is not None for one in self.attempts)


def contact(matter_id: int, *, on: date) -> list[Reached]:
    """Return how far each side was reached; four statements."""
    attempts = list(
        Attempt.objects.filter(dispute_id=matter_id).order_by("made_at", "due_on", "id")
    )
    said_by_link = Answer.objects.select_related("invitation__party")
    answers = list(said_by_link.filter(dispute_id=matter_id).order_by("-id"))
    people = sides(matter_id)
    care = {
        one.party_id: one for one in PhoneCare.objects.filter(party_id__in=[s.id for s in people])
    }
    found = []
    for side in people:
        mine = [a for a in attempts if a.party_id == side.id]
        said = [a for a in answers if a.party_id == side.id]
        missing = _lacking(mine, said, on)
        found.append(
            Reached(
                side, [_row(a, on) for a in mine], said, [_words(code, *n, on=on) for code, n in missing.items() if code != "reached"],
                is_reached="reached" in missing, care=care.get(side.id),
            )
        )  # fmt: skip
    return found


def _row(attempt: Attempt, on: date) -> AttemptRow:
    return AttemptRow(
        attempt, name_of("ways", attempt.way), name_of("outcomes", attempt.outcome) if attempt.outcome else "",
        is_late=attempt.made_at is None and attempt.due_on < on,
    )  # fmt: skip


def _lacking(
    attempts: list[Attempt], answers: list[Answer], on: date
) -> dict[str, tuple[int, int]]:
    ways, reaching = counted_ways(), reaching_outcomes()
    tried = [
        rules.Tried(a.way, timezone.localdate(a.made_at), a.outcome in reaching)
        for a in attempts
        if a.made_at and a.way in ways
    ]
    tried += [rules.Tried("link", timezone.localdate(a.at), is_reached=True) for a in answers]
    return rules.lacking(tried, norms(on=on))


def _words(code: str, count: int, least: int, *, on: date) -> str:
    row = norm_row(code, on=on)
    return f"{row['words']}：{count}/{least}（{row['source']}）"


def _ground(step: Step) -> str:
    """Return the ground the move will end on; a move without one takes the first of the table."""
    return str(step.values.get("ground") or next(iter(disputes.grounds(step.move)), ""))


def needs_attempts(step: Step) -> None:
    """Hold "cannot be reached" back until every silent side was tried often enough: the norm names its article."""
    if step.matter.kind != "dispute" or _ground(step) != "unreachable":
        return
    known = contact(step.matter.id, on=timezone.localdate(step.at))
    silent = [one for one in known if one.side.side != "applicant" and not one.is_reached]
    lacking = [f"{one.side.words}：{words}" for one in silent for words in one.lacking]
    if not silent:
        raise Refused(_("Every side was reached: this cannot be the ground."))
    if lacking:
        raise Refused(
            _(
                "Before a side counts as unreachable, the file must show more attempts. {lacking}"
            ).format(lacking="；".join(lacking))
        )


@dataclass(frozen=True)
class Door:
    """A link that was opened: the seat it belongs to, and whether it still takes an answer."""

    invitation: Invitation
    seat: Seat
    is_dead: bool


def door(code: str, *, at: datetime) -> Door | None:
    """Return what a link leads to, also one that has run out; None for a code nobody was given."""
    index = blind_index(code.strip().upper()[:20], purpose=CODE)
    found = Invitation.objects.select_related("party__represents").filter(code_index=index).first()
    if not index or found is None:
        return None
    seat = seat_of(found.party)
    is_over = found.revoked_at is not None or found.expires_at <= at or not seat.is_contacting
    return Door(found, seat, is_dead=is_over or found.party.left_at is not None)


def newest_answer(party_id: int) -> Answer | None:
    return Answer.objects.filter(party_id=party_id).order_by("-id").first()


def answers_of(party_id: int) -> list[Answer]:
    return list(Answer.objects.filter(party_id=party_id).order_by("-id")[:20])


def invitation_for_letter(matter_id: int, invitation_id: int) -> Any:
    """Return the link of a letter with its party, whose name the envelope bears."""
    found = Invitation.objects.select_related("party").filter(
        pk=invitation_id, party__dispute_id=matter_id
    )
    return found.first()
