"""What the check for people shows."""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

import altcha
from django.conf import settings
from django.core import signing

from gongzhi.base.secrets import blind_index
from gongzhi.guard import rules

QUESTION_SALT = "gongzhi.guard.question"
SPENT = frozenset(
    {"altcha", "check_ticket", "check_answer"}
)  # fields of the check, not of the form
LEFT_OUT = SPENT | {"csrfmiddlewaretoken"}


def proof_secret() -> str:
    return blind_index("proof of work", purpose="altcha")


def check_context(posted: Any, *, action: str, at: datetime) -> dict[str, Any]:
    """Return what guard/check.html needs: the task, the question, and all the form had said, to send it again."""
    (one, other), total = rules.question(2 + secrets.randbelow(8), 2 + secrets.randbelow(8))
    return {
        "action": action,
        "kept": [(k, v) for k, values in posted.lists() if k not in LEFT_OUT for v in values],
        "challenge": json.dumps(_challenge(at)),
        "ticket": signing.dumps({"sum": total, "at": at.timestamp()}, salt=QUESTION_SALT),
        "one": one,
        "other": other,
        "seconds": settings.GUARD_QUESTION_SECONDS,
        "has_tried": any(name in posted for name in SPENT),
    }


def _challenge(at: datetime) -> dict[str, Any]:
    return altcha.create_challenge(
        "PBKDF2/SHA-256", settings.GUARD_WORK, hmac_secret=proof_secret(),
        expires_at=at + timedelta(minutes=settings.GUARD_PROOF_MINUTES),
    ).to_dict()  # fmt: skip
