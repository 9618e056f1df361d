"""What a dry run reports: one problem a row, named by a word that the sentences explain."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    line: int  # of the file, the header is line 1; 0 concerns the file as a whole
    code: str  # of the row, as far as it could be read
    flaw: str
    values: dict[str, Any] = field(default_factory=dict)
    is_grave: bool = True  # a grave one keeps the row out; the others are for people to look at
