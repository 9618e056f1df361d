"""The kinds of matter this city handles; one line adds a whole part of the work."""

from gongzhi.disputes.kind import DISPUTE
from gongzhi.incidents.kind import INCIDENT
from gongzhi.matters.kind import Kind

KINDS: tuple[Kind, ...] = (INCIDENT, DISPUTE)
