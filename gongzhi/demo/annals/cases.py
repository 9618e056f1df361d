"""What is reported, as columns: each standard of each item is a case, with the words that people report it in."""

import json
from typing import Any

import numpy as np

from gongzhi.catalogue import queries as catalogue
from gongzhi.demo import texts
from gongzhi.demo.annals.columns import Texts, joined
from gongzhi.demo.annals.places import KINDS
from gongzhi.demo.rhythm import SOURCE_NAMES
from gongzhi.demo.seeds import dice
from gongzhi.demo.world import SECONDS, World
from gongzhi.matters import actions as register

VARIANTS = 4  # ways to say the same, for each source
WRONG = 34  # letters of a title that say what is wrong; the place comes before them
PLACE = "\x1f"  # stands for the place in a prepared sentence
SENSOR = SOURCE_NAMES.index("sensor")


class Cases:
    def __init__(self, world: World) -> None:
        pairs = [(at, one) for at, item in enumerate(world.items) for one in item.standards]
        self.item = np.array([at for at, _one in pairs])
        self.item_id = np.array([world.items[at].id for at, _one in pairs])
        self.standard = np.array([one.id for _at, one in pairs])
        self.is_urgent = np.array([one.urgent for _at, one in pairs])
        self.kind = np.array([KINDS.index(world.subjects[at].place) for at, _one in pairs])
        self.may_settle = np.array([world.items[at].self_handled_allowed for at, _one in pairs])
        self.goes_direct = np.array(
            [all(s.urgent for s in world.items[at].standards) for at, _one in pairs]
        )
        self.has_limit = np.array([one.limit is not None for _at, one in pairs])
        limits = [_seconds(world, one) for _at, one in pairs]
        self.seconds = np.array([seconds for seconds, _service in limits])
        self.in_service = np.array([service for _seconds, service in limits])
        self.item_class = Texts(catalogue.item(i).code[:3] for i in self.item_id.tolist())
        self.rules = Texts(_rules(world.items[at]) for at, _one in pairs)
        self._running = [_by_case(world, world.shares[wet]) for wet in range(4)]
        self._sensed = _by_case(world, world.sensed)
        self._phrases(world, pairs)

    def draw(self, rng: np.random.Generator, rain: Any, source: Any) -> Any:
        """Draw a case for each report: by the rain, and what a sensor can see."""
        lot = rng.random(len(rain))
        drawn = np.zeros(len(rain), dtype=np.int64)
        for wet, sums in enumerate(self._running):
            mine = rain == wet
            drawn[mine] = np.searchsorted(sums, lot[mine] * sums[-1], "right")
        mine = source == SENSOR
        drawn[mine] = np.searchsorted(self._sensed, lot[mine] * self._sensed[-1], "right")
        return drawn

    def _phrases(self, world: World, pairs: list[tuple[int, Any]]) -> None:
        heads, wrongs, tails, words = [], [], [], []
        for at, one in pairs:
            item, subject = world.items[at], world.subjects[at]
            for source in SOURCE_NAMES:
                chance = dice(world.seed, "phrases", one.id, source)
                for variant in range(VARIANTS):
                    wrong, text = texts.report(
                        chance, source=source, item=item.name, counts=one.when_counts, place=PLACE,
                        subject=subject, is_urgent=one.urgent,
                    )  # fmt: skip
                    head, tail = text.split(PLACE)
                    heads.append(head)
                    # Every other one says no more than what is wrong: fifteen million rows are kept for years.
                    tails.append(tail if variant % 2 else f"{wrong.removeprefix(PLACE)}。")
                    wrongs.append(_short(wrong.removeprefix(PLACE)))
                    # What everybody writes ("photographed", "please look") finds nothing; left out, it saves a tenth.
                    words.append(" ".join(register.search_words(wrongs[-1], item.name)))
        self._heads, self._wrongs, self._tails = Texts(heads), Texts(wrongs), Texts(tails)
        self._words = Texts(words)

    def told(
        self, rng: np.random.Generator, case: Any, source: Any, said: Any
    ) -> tuple[Any, Any, Any]:
        """Return titles, texts and the words they are found by; `said` is the place in words."""
        variant = rng.integers(0, VARIANTS, len(case))
        phrase = (case * len(SOURCE_NAMES) + source) * VARIANTS + variant
        title = joined(said, self._wrongs.take(phrase))
        text = joined(self._heads.take(phrase), said, self._tails.take(phrase))
        return title, text, self._words.take(phrase)


def _short(wrong: str) -> str:
    return wrong if len(wrong) <= WRONG else wrong[: WRONG - 1] + "…"


def _seconds(world: World, standard: Any) -> tuple[int, bool]:
    """Return the time to handle in seconds, and whether only service time counts."""
    limit = standard.limit or world.rule(f"incident.handle{'.urgent' if standard.urgent else ''}")
    is_service = limit.counting not in {"continuous", "calendar"}
    day = world.calendar.day_seconds_at(0) if is_service else SECONDS["day"]
    return limit.amount * (day if limit.unit == "day" else SECONDS[limit.unit]), is_service


def _rules(item: Any) -> str:
    """Say under which rules it was opened; the standard stands in the incident's own row."""
    return json.dumps({"item": item.id, "item_version": item.version}, separators=(",", ":"))


def _by_case(world: World, sums: list[float]) -> Any:
    """Share each item's part among its standards, the first ones more often; return running sums."""
    often: list[float] = []
    before = 0.0
    for item, through in zip(world.items, sums, strict=True):
        total = sum(item.weights)
        often += [(through - before) * weight / total for weight in item.weights]
        before = through
    return np.cumsum(often)
