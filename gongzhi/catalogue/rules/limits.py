"""
Time limits as published tables write them: "2紧急工作时", "4小时", "1天", "3紧急工作日".

紧急 limits run continuously; hours and days count service time, one day being eight service hours.
"""

import re
import unicodedata
from dataclasses import dataclass

_WORDS = {
    "紧急分钟": ("minute", "continuous"),
    "紧急工作时": ("hour", "continuous"),
    "紧急小时": ("hour", "continuous"),
    "紧急工作日": ("day", "continuous"),
    "分钟": ("minute", "service"),
    "小时": ("hour", "service"),
    "工作时": ("hour", "service"),
    "天": ("day", "service"),
    "工作日": ("day", "service"),
    "整工作日": ("day", "working"),
    "自然日": ("day", "calendar"),
}
_SAID = {
    ("minute", "continuous"): "紧急分钟",
    ("hour", "continuous"): "紧急工作时",
    ("day", "continuous"): "紧急工作日",
    ("minute", "service"): "分钟",
    ("hour", "service"): "小时",
    ("day", "service"): "天",
    ("day", "working"): "整工作日",
    ("day", "calendar"): "自然日",
}
_LIMIT = re.compile(rf"([0-9]{{1,4}})\s*({'|'.join(sorted(_WORDS, key=len, reverse=True))})")


@dataclass(frozen=True)
class TimeLimit:
    amount: int
    unit: str  # minute, hour, day
    counting: str  # continuous, service, working, calendar

    @property
    def urgent(self) -> bool:
        return self.counting == "continuous"


def parse_limit(text: str) -> TimeLimit | None:
    """Return the limit the words state exactly; None when anything is left over or missing."""
    found = _LIMIT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or int(found[1]) == 0:
        return None
    return TimeLimit(int(found[1]), *_WORDS[found[2]])


def limit_in_words(*, amount: int | None, unit: str, counting: str) -> str:
    """Return the words parse_limit reads back; empty for a standard without a limit."""
    if amount is None:
        return ""
    return f"{amount}{_SAID.get((unit, counting), unit)}"
