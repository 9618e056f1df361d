"""Decisions about agreements: plain values in and out."""

from gongzhi.agreements.rules.amounts import figures, in_words
from gongzhi.agreements.rules.changes import Change, changes
from gongzhi.agreements.rules.checks import Case, Finding, Pattern, check
from gongzhi.agreements.rules.dues import PlannedDue, dues_of
from gongzhi.agreements.rules.routes import Route, open_routes
from gongzhi.agreements.rules.signing import Signed, is_drawing, missing_sides, receipt_of
from gongzhi.agreements.rules.terms import Instalment, Obligation, Terms, obligation_of_offer
from gongzhi.agreements.rules.texts import Frame, Who, clause, digest, full_text, joined, named

__all__ = [
    "Case", "Change", "Finding", "Frame", "Instalment", "Obligation", "Pattern", "PlannedDue", "Route", "Signed", "Terms",
    "Who", "changes", "check", "clause", "digest", "dues_of", "figures", "full_text", "in_words", "is_drawing", "joined",
    "missing_sides", "named", "obligation_of_offer", "open_routes", "receipt_of",
]  # fmt: skip
