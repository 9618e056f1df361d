"""A day's walk: the order of always going to the nearest door, and a better one."""

from dataclasses import dataclass
from datetime import date

from gongzhi.patrol.queries.work import TaskRow, tasks_of
from gongzhi.patrol.rules import routes


@dataclass(frozen=True)
class DayRoute:
    tasks: list[TaskRow]  # in the better order
    metres: int
    nearest_metres: int
    method: str  # improved | solver

    @property
    def gain_metres(self) -> int:
        return self.nearest_metres - self.metres


def day_route(
    *, user_id: int, on: date, start: tuple[float, float] | None = None, solver_seconds: float = 0
) -> DayRoute:
    """Return somebody's tasks in walking order; with seconds the solver is asked, where it is installed."""
    tasks = [task for task in tasks_of(user_id=user_id, on=on) if task.lon is not None]
    points = [(task.lon or 0.0, task.lat or 0.0) for task in tasks]
    if start:
        points.insert(0, start)
    if len(points) < 2:
        return DayRoute(tasks, 0, 0, "improved")
    metres = routes.distances([lon for lon, _lat in points], [lat for _lon, lat in points])
    nearest = routes.nearest_first(metres)
    walk, method = routes.improved(nearest, metres), "improved"
    if solver_seconds:
        try:
            found = routes.solved(metres, seconds=solver_seconds)
        except routes.NoSolver:
            found = walk
        if routes.length(found, metres) < routes.length(walk, metres):
            walk, method = found, "solver"
    shift = 1 if start else 0
    ordered = [tasks[one - shift] for one in walk if one >= shift]
    return DayRoute(
        ordered, round(routes.length(walk, metres)), round(routes.length(nearest, metres)), method
    )
