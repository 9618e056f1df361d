"""Who comes second waits: for what has no row yet to be locked."""

from django.db import connection


def take_turns(what: str, *key: int | str) -> None:
    """
    Wait until nobody else is at the same thing; held until the end of the transaction.

    For numbers that follow one another and rows of which there may be only one: a row that is not
    there yet cannot be locked.
    """
    name = " ".join((what, *map(str, key)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
