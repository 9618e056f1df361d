"""What an item should become: its wording as plain values, compared field by field."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from gongzhi.catalogue.rules.limits import limit_in_words


@dataclass(frozen=True)
class StandardDraft:
    when_counts: str
    when_done: str
    amount: int | None = None
    unit: str = ""
    counting: str = ""
    from_next_day: bool = False
    urgent: bool = False
    original: str = ""

    @property
    def limit_words(self) -> str:
        return limit_in_words(amount=self.amount, unit=self.unit, counting=self.counting)

    def __str__(self) -> str:
        return f"{self.when_counts} → {self.when_done} · {self.limit_words or '—'}"


@dataclass(frozen=True)
class QuestionDraft:
    text: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.kind}) {'、'.join(self.choices)}{self.unit}".strip()


@dataclass(frozen=True)
class ItemDraft:
    code: str
    family: str
    class_code: str
    class_name: str
    number: str
    name: str
    department: str = ""
    department_name: str = ""
    level: str = "town"
    synonyms: tuple[str, ...] = ()
    anonymous_allowed: bool = True
    publishes_description: bool = True
    self_handled_allowed: bool = False
    emergency_notice: str = ""
    icon: str = ""
    popular_rank: int | None = None
    report_photos: int = 1
    after_photos: int = 1
    source: str = ""
    standards: tuple[StandardDraft, ...] = ()
    questions: tuple[QuestionDraft, ...] = ()


@dataclass(frozen=True)
class Difference:
    field: str
    before: str
    after: str


def differences(before: ItemDraft, after: ItemDraft) -> list[Difference]:
    """Return what changes, in the order of the fields; nothing for equal drafts."""
    return [
        Difference(field.name, _words(old), _words(new))
        for field in fields(ItemDraft)
        if (old := getattr(before, field.name)) != (new := getattr(after, field.name))
    ]


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def repeated(values: Iterable[str]) -> set[str]:
    """Return the values that occur more than once."""
    return {value for value, count in Counter(values).items() if count > 1}
