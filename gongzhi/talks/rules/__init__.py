"""What may be said to whom, until when, and what must be on record first. Plain values."""

from gongzhi.talks.rules.contact import Tried, lacking
from gongzhi.talks.rules.dated import in_force
from gongzhi.talks.rules.links import link_problem
from gongzhi.talks.rules.offers import Standing, Term, as_terms, settled_as, term_problems
from gongzhi.talks.rules.rooms import SHARED, room_keys, side_key
from gongzhi.talks.rules.signing import digest_of

__all__ = [
    "SHARED", "Standing", "Term", "Tried", "as_terms", "digest_of", "in_force", "lacking", "link_problem", "room_keys",
    "settled_as", "side_key", "term_problems",
]  # fmt: skip
