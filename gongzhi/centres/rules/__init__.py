"""Decisions of the centre: plain values in, plain values out."""

from gongzhi.centres.rules.grading import LEDGER, Grading, Ground, Measure, graded
from gongzhi.centres.rules.halls import is_there, number_of, score, wait_minutes
from gongzhi.centres.rules.handing import Verdict, handed_over
from gongzhi.centres.rules.triage import Suggestion, Unfit, Warning, Word, suggested, unfit_words

__all__ = [
    "LEDGER", "Grading", "Ground", "Measure", "Suggestion", "Unfit", "Verdict", "Warning", "Word", "graded", "handed_over", "is_there",
    "number_of", "score", "suggested", "unfit_words", "wait_minutes",
]  # fmt: skip
