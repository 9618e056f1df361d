"""All that the making of a stretch needs to know, read once a process."""

from datetime import datetime, timedelta

from gongzhi.clocks import queries as clocks
from gongzhi.demo.annals.cases import Cases
from gongzhi.demo.annals.courses import Courses
from gongzhi.demo.annals.offices import Offices
from gongzhi.demo.annals.places import Places
from gongzhi.demo.annals.service import ServiceTime
from gongzhi.demo.annals.timetable import Timetable
from gongzhi.demo.world import World

BEYOND = timedelta(days=3 * 366)  # a forgotten month of a limit, suspended for a year, and more


class Ground:
    def __init__(self, world: World, *, count: int, at: datetime) -> None:
        self.world, self.seed, self.now = world, world.seed, int(at.timestamp())
        self.timetable = Timetable(seed=world.seed, count=count, until=at)
        self.places, self.cases, self.offices = Places(world), Cases(world), Offices(world)
        service = ServiceTime(
            clocks.calendar(),
            first=self.timetable.days[0] - timedelta(days=30),
            last=at.date() + BEYOND,
        )
        self.courses = Courses(
            seed=world.seed, now=self.now, start=self.timetable.start, offices=self.offices, cases=self.cases,
            service=service, rule=world.rule,
        )  # fmt: skip
