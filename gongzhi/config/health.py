"""Two doors for machines: is the process alive, and can it do its work?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

_seen = {"migrated": False}


def alive(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def ready(_request: HttpRequest) -> HttpResponse:
    problem = what_is_missing()
    return HttpResponse(
        f"{problem or 'ok'}\n",
        content_type="text/plain; charset=utf-8",
        status=503 if problem else 200,
    )


def what_is_missing() -> str:
    """Say why no request can be answered; "" when all is well."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "" if _is_migrated() else _("Migrations are not applied: run `gongzhi migrate`.")
    except DatabaseError:
        connection.close()
        return _("The database cannot be reached.")


def _is_migrated() -> bool:
    # Only a yes is remembered: tables do not go away while a process runs.
    if not _seen["migrated"]:
        _seen["migrated"] = not unapplied_migrations()
    return _seen["migrated"]


def unapplied_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
