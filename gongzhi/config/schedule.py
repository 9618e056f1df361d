"""When → which job. Read by the worker; times are in the city's zone."""

from typing import Any

SCHEDULE: tuple[tuple[str, Any], ...] = ()
