"""Which words stand in so many matters that a search for them needs no other ending."""

from datetime import datetime, timedelta

from django.db import connection

KEPT_FOR = timedelta(hours=1)
_STATISTICS = (
    "SELECT most_common_elems::text::text[] FROM pg_stats"
    " WHERE schemaname = current_schema() AND tablename = 'matters_matter' AND attname = 'words'"
)
_kept: list[tuple[datetime, frozenset[str]]] = []


def search_terms(words: list[str], *, at: datetime) -> str:
    """
    Return the words as a text search: all of them, a rare one also as the beginning of longer words.

    A frequent word is asked as it stands: the beginnings of all words that begin alike are gathered from the
    whole register before anything is found, and pages full of the word itself come first anyway.
    """
    frequent = _frequent(at)
    return " & ".join(f"'{word}'" if word in frequent else f"'{word}':*" for word in words)


def _frequent(at: datetime) -> frozenset[str]:
    """Return the three thousand most frequent words as the database's statistics know them; none before the first."""
    if not _kept or not _kept[0][0] <= at < _kept[0][0] + KEPT_FOR:
        with connection.cursor() as cursor:
            cursor.execute(_STATISTICS)
            found = cursor.fetchone()
        _kept[:] = [(at, frozenset(found[0] if found and found[0] else ()))]
    return _kept[0][1]


def forget() -> None:
    _kept.clear()
