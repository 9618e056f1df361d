"""When → which job. Read by the worker; times are in the city's zone."""

from typing import Any

from gongzhi.files import jobs as files

SCHEDULE: tuple[tuple[str, Any], ...] = (
    # minute hour day month weekday → job
    ("17 * * * *", files.remove_unclaimed),
)
