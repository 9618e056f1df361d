"""
The course of one matter: every move from the report to the rating, at believable times.

Time within a stage is a share of the stage's own limit, counted by the city's calendar, so that what
is late here is late by the very rules the register applies.
"""

import random
from collections.abc import Callable
from typing import Any

from gongzhi.demo import texts
from gongzhi.demo.life import DAY, NOBODY, Ask, Clock, Line, Matter, Rating, Worker, is_open_at


class Course:
    """Walks one matter through its lifecycle until it ends, or until the present."""

    def __init__(self, world: Any, chance: random.Random, now: int, halt: str = "") -> None:
        self.world, self.chance, self.now, self.halt = world, chance, now, halt

    def run(self, m: Matter) -> Matter:
        self._report(m)
        while m.is_open and m.state != self.halt and _STEPS[m.state](self, m):
            pass
        if m.state == "closed":
            self._afterwards(m)
        return m

    # Moving

    def move(
        self,
        m: Matter,
        at: int,
        who: Worker,
        name: str,
        target: str,
        *,
        note: str | None = None,
        **facts: Any,
    ) -> bool:
        """Write one move, unless it lies in the future: then the matter stays where it is."""
        if at > self.now:
            return False
        source = m.state
        text = texts.note(self.chance, name) if note is None else note
        m.lines.append(Line(at, who, name, source, target, text, facts))
        m.at = at
        if target != source:
            m.state = target
        return True

    def enter(self, m: Matter) -> None:
        """Stop the last stage's clock, and start that of the state the matter is in now."""
        if m.stage is not None:
            m.stage.stop = m.at
            m.stage = None
        if not m.is_open:
            m.owing_unit = None
            m.closed_at = m.at
            for clock in m.clocks:
                clock.stop = m.at if clock.stop is None else clock.stop
            return
        m.closed_at = None
        m.owing_unit = self.world.owes(m)
        m.units += [unit for unit in m.owing_unit.ancestors if unit not in m.units]
        limit, rule = self.world.term(m)
        m.stage = Clock("stage", limit, m.at, m.owing_unit.name, rule)
        m.clocks.append(m.stage)

    def go(
        self,
        m: Matter,
        at: int,
        who: Worker,
        name: str,
        target: str,
        *,
        note: str | None = None,
        **facts: Any,
    ) -> bool:
        """Move into another stage."""
        done = self.move(m, at, who, name, target, note=note, **facts)
        if done:
            self.enter(m)
        return done

    # Time

    def due_share(self, late: float) -> float:
        """Return which share of a limit somebody takes; now and then more than all of it."""
        dice = self.chance.random()
        if dice < late * 0.06:
            return 12.0  # forgotten: still lying there
        if dice < late:
            return 1.04 + self.chance.expovariate(2.2)
        return 0.03 + 0.9 * float(self.chance.random() ** 1.75)

    def after(self, m: Matter, share: float) -> int:
        stage = m.stage
        assert stage is not None
        at = self.world.later(stage.start, stage.limit, share)
        return int(max(m.at + 20, at + self.chance.randrange(50)))

    # The stages

    def _report(self, m: Matter) -> None:
        who, note, facts = self.world.reporter(self.chance, m)
        m.state = self._route(m)
        m.lines.append(Line(m.at, who, "report", "", m.state, note, facts))
        urgent = ".urgent" if m.is_urgent else ""
        for name in ("whole", "first_response"):
            rule = f"incident.{name}{urgent}"
            m.clocks.append(Clock(name, self.world.rule(rule), m.at, "", rule))
        if m.lead is not None:
            m.units = list(m.lead.ancestors)
            m.lines[0].note = m.proposed.why
        self.enter(m)

    def _route(self, m: Matter) -> str:
        item = m.item
        if m.source == "patrol" and item.self_handled_allowed and self.chance.random() < 0.45:
            m.self_handled, m.standard = True, item.standards[0] if item.standards else None
            return "to_close"
        if not (item.standards and all(standard.urgent for standard in item.standards)):
            return "to_register" if m.source in {"patrol", "inspection"} else "to_verify"
        m.is_urgent, m.standard = True, item.standards[0]
        m.proposed = self.world.responsible(m)
        if m.proposed.unit is None:
            return "to_dispatch"
        m.lead = m.proposed.unit
        return "to_accept"

    def _answered(self, m: Matter) -> None:
        for clock in m.clocks:
            if clock.name == "first_response" and clock.stop is None:
                clock.stop = m.at

    def to_verify(self, m: Matter) -> bool:
        at = self.after(m, self.due_share(0.012))
        officer = self.world.person(self.chance, m, "grid_officer")
        m_true = self.chance.random() > 0.055
        if not self.go(
            m,
            at,
            officer,
            "verify",
            "to_register",
            note=texts.note(self.chance, "verify" if m_true else "not_true"),
            is_true=m_true,
        ):
            return False
        m.is_true = m_true
        self._answered(m)
        return True

    def to_register(self, m: Matter) -> bool:
        at = self.after(m, self.due_share(0.008))
        clerk = self.world.person(self.chance, m, "registrar")
        dice = self.chance.random()
        if m.is_true is False or dice < 0.018:
            return self.go(m, at, clerk, "refuse", "not_accepted")
        if dice < 0.026:
            return self.go(m, at, self.world.person(self.chance, m, "duty_officer"), "void", "void")
        return self._register(m, at, clerk, "register")

    def _register(self, m: Matter, at: int, clerk: Worker, name: str) -> bool:
        standard = m.standard or self.chance.choices(m.item.standards, m.item.weights)[0]
        proposed = m.proposed or self.world.responsible(m)
        was = m.is_urgent, m.standard, m.proposed
        m.is_urgent, m.standard, m.proposed = standard.urgent, standard, proposed
        facts = {
            "item": m.item.name,
            "standard": standard.when_counts,
            "limit": standard.original,
            "why": proposed.why,
        }
        if not self.go(m, at, clerk, name, "to_dispatch", **facts):
            m.is_urgent, m.standard, m.proposed = was
            return False
        self._answered(m)
        return True

    def to_correct(self, m: Matter) -> bool:
        at = self.after(m, self.due_share(0.01))
        return self._register(m, at, self.world.person(self.chance, m, "registrar"), "correct")

    def to_dispatch(self, m: Matter) -> bool:
        at = self.after(m, self.due_share(0.01))
        who = self.world.person(self.chance, m, "dispatcher")
        dice = self.chance.random()
        if m.echo is not None and is_open_at(m.echo, at):
            return self._merge(m, m.echo, at, who)
        if (dice < 0.007 and m.reopens == 0) or (
            self.halt == "to_correct" and m.state == "to_dispatch"
        ):
            return self.go(m, at, who, "to_clerk", "to_correct")
        if dice < 0.017 and m.level == 1:
            return self._raise(m, at, who)
        return self._dispatch(m, at, who)

    def _merge(self, m: Matter, into: Matter, at: int, who: Worker) -> bool:
        """End as part of an earlier matter, whose file says so at that very moment."""
        if not self.go(
            m, at, who, "merge", "merged", into=self.world.number(into.id, into.lines[0].at)
        ):
            return False
        m.merged = True
        place = next((i for i, line in enumerate(into.lines) if line.at > at), len(into.lines))
        state = into.lines[place - 1].target
        number = self.world.number(m.id, m.lines[0].at)
        into.lines.insert(place, Line(at, who, "absorb", state, state, "", {"number": number}))
        into.reports += 1
        return True

    def _raise(self, m: Matter, at: int, who: Worker) -> bool:
        if not self.move(m, at, who, "raise_up", m.state, to=self.world.city_name):
            return False
        m.level = 0
        self.enter(m)
        return True

    def _dispatch(self, m: Matter, at: int, who: Worker) -> bool:
        matrix = m.proposed or self.world.responsible(m)
        other = (
            self.world.other_unit(m)
            if m.sent_back or matrix.unit is None or self.chance.random() < 0.012
            else None
        )
        unit = other or matrix.unit
        was = m.lead
        m.lead = unit
        why = texts.note(self.chance, "override") if other else matrix.why
        note = why if other else texts.note(self.chance, "dispatch")
        if not self.go(
            m,
            at,
            who,
            "dispatch",
            "to_accept",
            note=note,
            unit=unit.name,
            why=why,
            override=other is not None,
        ):
            m.lead = was
            return False
        m.proposed, m.overridden = matrix, why if other else m.overridden
        return True

    def returned(self, m: Matter) -> bool:
        return self._dispatch(
            m, self.after(m, self.due_share(0.02)), self.world.person(self.chance, m, "dispatcher")
        )

    def to_accept(self, m: Matter) -> bool:
        at = self.after(m, self.due_share(0.012))
        who = self.world.person(self.chance, m, "handler")
        if (self.chance.random() < 0.025 and not m.sent_back) or self.halt == "returned":
            m.sent_back = at <= self.now
            return self.go(m, at, who, "send_back", "returned")
        done = self.go(m, at, who, "accept", "handling")
        if done:
            self._answered(m)
        return done

    def handling(self, m: Matter) -> bool:
        share = self.due_share(0.036)
        dice = self.chance.random()
        if self.halt == "suspended" or (dice < 0.004 and not m.is_urgent):
            return self._suspend(m)
        if dice < 0.028 and not m.is_urgent and m.extensions == 0:
            share = self._extend(m, share)
            if share < 0:
                return False
        self._meanwhile(m, share)
        at = self.after(m, share)
        who = self.world.person(self.chance, m, "handler")
        return self.go(
            m, at, who, "hand_in", "to_check", note=f"{self.chance.choice(m.subject.done)}。"
        )

    def _meanwhile(self, m: Matter, share: float) -> None:
        """Notes, urging and supervision while the unit works; each only once its time has come."""
        if self.chance.random() < 0.06:
            self.move(
                m,
                self.after(m, share * 0.5),
                self.world.person(self.chance, m, "handler"),
                "note",
                m.state,
            )
        if share > 1 and self.chance.random() < 0.8:
            if self.move(
                m,
                self.after(m, 1.02),
                self.world.person(self.chance, m, "dispatcher"),
                "urge",
                m.state,
            ):
                m.urges += 1
            if self.chance.random() < 0.35 and self.move(
                m,
                self.after(m, 1.03),
                self.world.person(self.chance, m, "supervisor"),
                "supervise",
                m.state,
                level="yellow",
            ):
                m.supervised = 1

    def _extend(self, m: Matter, share: float) -> float:
        """Ask for more time and get it, or not; return the share at which the unit is done, below 0 while undecided."""
        asker, head = (self.world.person(self.chance, m, role) for role in ("handler", "unit_lead"))
        duty = self.world.person(self.chance, m, "duty_officer")
        asked = self.after(m, 0.45 + 0.3 * self.chance.random())
        if not self.move(m, asked, asker, "ask_extension", m.state):
            return -1.0
        ask = Ask("extension", "asked", m.lines[-1].note, asked, asker)
        m.asks.append(ask)
        if not self.move(m, self.after(m, 0.8), head, "approve_first", m.state, ask="extension"):
            return -1.0
        ask.state, ask.first = "first_approved", (m.at, head, m.lines[-1].note)
        granted = self.chance.random() < 0.88
        name = "approve_extension" if granted else "refuse_ask"
        if not self.move(m, self.after(m, 0.9), duty, name, m.state, ask="extension"):
            return -1.0
        ask.state, ask.last = "approved" if granted else "refused", (m.at, duty, m.lines[-1].note)
        if not granted:
            return max(share, 0.95)
        stage = m.stage
        assert stage is not None
        m.extensions += 1
        stage.extra = stage.limit
        return 0.95 + self.chance.random() * 0.9

    def _suspend(self, m: Matter) -> bool:
        asker, head = (self.world.person(self.chance, m, role) for role in ("handler", "unit_lead"))
        duty = self.world.person(self.chance, m, "duty_officer")
        asked = self.after(m, 0.3)
        days = self.chance.randrange(30, 240)
        until = self.world.midnight(asked + days * DAY)
        day = self.world.day(until).isoformat()
        if not self.move(m, asked, asker, "ask_suspension", m.state, until=day):
            return False
        ask = Ask("suspension", "asked", m.lines[-1].note, asked, asker, until=until)
        m.asks.append(ask)
        if not self.move(m, self.after(m, 0.5), head, "approve_first", m.state, ask="suspension"):
            return False
        ask.state, ask.first = "first_approved", (m.at, head, m.lines[-1].note)
        stage = m.stage
        assert stage is not None
        if not self.move(
            m, self.after(m, 0.6), duty, "suspend", "suspended", ask="suspension", until=day
        ):
            return False
        ask.state, ask.last = "approved", (m.at, duty, m.lines[-1].note)
        m.paused_for = ask.reason
        for clock in m.clocks:
            if clock.stop is None:
                clock.paused_at, clock.paused_until, clock.reason = m.at, until, ask.reason
        return True

    def suspended(self, m: Matter) -> bool:
        stage = m.stage
        assert stage is not None
        assert stage.paused_until is not None
        if not self.move(
            m, stage.paused_until, NOBODY, "resume", "handling", note="挂账到期，恢复计时"
        ):
            return False
        m.paused_for = ""
        for clock in m.clocks:
            if clock.paused_at is not None:
                clock.pauses.append((clock.paused_at, m.at))
                clock.paused_at = clock.paused_until = None
        at = self.world.later(m.at, stage.limit, 0.25 * self.chance.random())
        who = self.world.person(self.chance, m, "handler")
        return self.go(
            m, at, who, "hand_in", "to_check", note=f"{self.chance.choice(m.subject.done)}。"
        )

    def to_check(self, m: Matter) -> bool:
        at = self.after(m, self.due_share(0.012))
        who = self.world.person(self.chance, m, "grid_officer")
        if self.chance.random() < 0.038 and m.reworks < 2:
            m.reworks += at <= self.now
            return self.go(m, at, who, "fail_check", "handling")
        return self.go(m, at, who, "pass_check", "to_close")

    def to_close(self, m: Matter) -> bool:
        at = self.after(m, self.due_share(0.008))
        who = self.world.person(self.chance, m, "duty_officer")
        if self.chance.random() < 0.006 and not m.self_handled:
            m.reworks += at <= self.now
            return self.go(m, at, who, "rework", "handling")
        return self.go(m, at, who, "close", "closed")

    # After the end

    def _afterwards(self, m: Matter) -> None:
        if m.source not in {"portal", "12345", "110", "counter"}:
            return
        if m.source in {"12345", "110"}:
            self._visit(m)
        if self.chance.random() < 0.4:
            self._rate(m)

    def _visit(self, m: Matter) -> None:
        at = self.world.later(
            m.at, self.world.rule("incident.dispatch"), 2 + self.chance.random() * 6
        )
        who = self.world.person(self.chance, m, "registrar")
        self.move(m, at, who, "follow_up", m.state, result="satisfied")

    def _rate(self, m: Matter) -> None:
        rating = self.chance.choices((3, 2, 1), (0.84, 0.1, 0.06))[0]
        text = texts.note(self.chance, f"rate_{rating}")
        at = m.at + 1800 + int(self.chance.expovariate(1 / 60_000))
        if not self.move(m, at, NOBODY, "rate", m.state, note=text, rating=rating):
            return
        m.rating = Rating(at, rating, text)
        if rating == 1 and m.reopens == 0 and self.chance.random() < 0.5:
            self._reopen(m)

    def _reopen(self, m: Matter) -> None:
        resident = Worker(0, "上报人", "", None)
        if not self.move(
            m, m.at + 3600 + self.chance.randrange(2 * DAY), resident, "reopen", "to_dispatch"
        ):
            return
        m.reopens += 1
        m.rating = None
        self.enter(m)
        while m.is_open and _STEPS[m.state](self, m):
            pass


_STEPS: dict[str, Callable[[Course, Matter], bool]] = {
    "to_verify": Course.to_verify,
    "to_register": Course.to_register,
    "to_correct": Course.to_correct,
    "to_dispatch": Course.to_dispatch,
    "returned": Course.returned,
    "to_accept": Course.to_accept,
    "handling": Course.handling,
    "suspended": Course.suspended,
    "to_check": Course.to_check,
    "to_close": Course.to_close,
}
