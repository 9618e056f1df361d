"""Places for other programs."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of
from gongzhi.places import queries
from gongzhi.places.capabilities import Can

router = Router(tags=["places"])


class PlaceOut(Schema):
    path: str
    code: str
    name: str
    inside: bool
    distance_m: float
    warning: str


@router.get("/at", response=PlaceOut)
def at(request: HttpRequest, lon: float, lat: float, system: str = "WGS-84") -> PlaceOut:
    """Name the grid that holds a point today, or the nearest one."""
    if not actor_of(request).can(Can.VIEW):
        raise OutOfReach
    x, y = queries.checked_point(lon, lat, system)
    found = queries.place(lon=x, lat=y, on=timezone.localdate())
    return PlaceOut(
        path=found.path, code=found.code, name=queries.full_name(found.path), inside=found.inside,
        distance_m=round(found.distance_m, 1), warning=found.warning,
    )  # fmt: skip
