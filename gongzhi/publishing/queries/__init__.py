"""What this module answers."""

from gongzhi.publishing.queries.deciding import (
    RuleRow,
    class_name,
    classes,
    rules_in_force,
    verdict_for,
)
from gongzhi.publishing.queries.desk import (
    ATTENTION,
    TABS,
    Case,
    PhotoRow,
    QueueFilter,
    QueueRow,
    case,
    covered_photo,
    queue,
    queue_filter,
    queue_rows,
    tab_counts,
)
from gongzhi.publishing.queries.editions import changed_at, edition
from gongzhi.publishing.queries.shown import Shown, shown
from gongzhi.publishing.queries.words import paces, place_words, stages

__all__ = [
    "ATTENTION",
    "TABS",
    "Case",
    "PhotoRow",
    "QueueFilter",
    "QueueRow",
    "RuleRow",
    "Shown",
    "case",
    "changed_at",
    "class_name",
    "classes",
    "covered_photo",
    "edition",
    "paces",
    "place_words",
    "queue",
    "queue_filter",
    "queue_rows",
    "rules_in_force",
    "shown",
    "stages",
    "tab_counts",
    "verdict_for",
]
