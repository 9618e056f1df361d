"""Keeps sessions as rows that a person can look through and end. (SESSION_ENGINE)"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongzhi.accounts.models import Session
from gongzhi.accounts.queries.sign_in import SignedIn, digest_of, signed_in


class SessionStore(SessionBase):
    """Django's interface over our table; loading also brings the person and their postings."""

    address = ""
    device = ""
    found: SignedIn | None = None

    def load(self) -> dict[str, Any]:
        key = self.session_key
        self.found = signed_in(key, at=timezone.now(), address=self.address) if key else None
        if self.found is None or self.found.ended:
            self._session_key = None
            return {}
        return self.decode(self.found.content) if self.found.content else {}

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=digest_of(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        if self.session_key is None:
            return self.create()
        kept: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        content, user_id = self.encode(kept), kept.get(SESSION_KEY)
        now = timezone.now()
        if must_create:
            return self._insert(content, user_id, now)
        updated = Session.objects.filter(digest=digest_of(self.session_key)).update(
            content=content, user_id=user_id, seen_at=now
        )
        if not updated:
            raise UpdateError
        return None

    def _insert(self, content: str, user_id: str | None, now: datetime) -> None:
        try:
            with transaction.atomic():
                Session.objects.create(
                    digest=digest_of(str(self.session_key)),
                    user_id=user_id,
                    content=content,
                    started_at=now,
                    seen_at=now,
                    expires_at=now + timedelta(seconds=settings.SESSION_COOKIE_AGE),
                    address=self.address[:64],
                    device=self.device[:300],
                )
        except IntegrityError as taken:
            raise CreateError from taken

    def touch(self, at: datetime) -> None:
        """Note that the session is in use; at most once a minute."""
        if self.found and self.session_key and at - self.found.seen_at > timedelta(minutes=1):
            Session.objects.filter(digest=digest_of(self.session_key)).update(seen_at=at)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(digest=digest_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=timezone.now()).delete()
