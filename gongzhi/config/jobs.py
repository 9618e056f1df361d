"""The jobs the worker runs: reactions to events, and what the schedule names."""

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongzhi.base import bus
from gongzhi.config.schedule import SCHEDULE
from gongzhi.notices import jobs as notices
from gongzhi.notices.actions import DELIVER


@app.task(name="gongzhi.react", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def react(**values: Any) -> None:
    bus.react(**values)


app.task(name=DELIVER)(notices.deliver)  # counts its own tries: people see them

for _cron, _job in SCHEDULE:
    app.periodic(cron=_cron)(app.task(name=f"{_job.__module__}.{_job.__name__}")(_job))
