"""The check for people: a task a browser works at for a second, or a question to answer. Nobody else is asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import altcha
from django.conf import settings
from django.core import signing

from gongzhi.base.secrets import blind_index
from gongzhi.guard.models import UsedProof
from gongzhi.guard.queries import QUESTION_SALT, proof_secret


def prove(*, posted: Mapping[str, Any], at: datetime) -> bool:
    """Tell whether a form carries a passed check: the browser's work or the answer; each counts once."""
    payload, ticket, answer = (
        str(posted.get(name, "")) for name in ("altcha", "check_ticket", "check_answer")
    )
    if not (payload or answer):
        return False
    if payload:
        return _worked(payload) and _is_first(payload, at)
    return _answered(ticket, answer, at) and _is_first(ticket, at)


def _worked(payload: str) -> bool:
    if len(payload) > 4000:
        return False
    return bool(altcha.verify_solution(payload, proof_secret()).verified)


def _answered(ticket: str, answer: str, at: datetime) -> bool:
    """The sum is right, and enough time has passed since the question was asked to have read it."""
    try:
        asked: dict[str, Any] = signing.loads(ticket, salt=QUESTION_SALT)
    except signing.BadSignature:
        return False
    age = at.timestamp() - asked["at"]
    is_in_time = settings.GUARD_QUESTION_SECONDS <= age <= settings.GUARD_PROOF_MINUTES * 60
    return is_in_time and answer.strip() == str(asked["sum"])


def _is_first(proof: str, at: datetime) -> bool:
    mark = blind_index(_signed_part(proof), purpose="proof")
    _row, is_new = UsedProof.objects.get_or_create(mark=mark, defaults={"at": at})
    return is_new


def _signed_part(proof: str) -> str:
    """Return what cannot be changed: the payload's signature of ours, or the whole ticket."""
    try:
        return str(altcha.Payload.from_base64(proof).challenge.signature)
    except (ValueError, KeyError, TypeError):
        return proof
