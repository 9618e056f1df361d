"""What others may ask about places."""

from gongzhi.places.queries.areas import (
    AreaRow,
    ancestors,
    area,
    area_by_code,
    area_by_id,
    areas_at_level,
    areas_below,
    children,
    city,
    city_bounds,
    forget,
    full_name,
    level_name,
)
from gongzhi.places.queries.placing import Placing, Placings, place, place_many
from gongzhi.places.rules.coordinates import (
    SYSTEMS,
    from_wgs84,
    from_wgs84_many,
    metres_between,
    system_named,
    to_wgs84,
    to_wgs84_many,
)

__all__ = [
    "SYSTEMS",
    "AreaRow",
    "Placing",
    "Placings",
    "ancestors",
    "area",
    "area_by_code",
    "area_by_id",
    "areas_at_level",
    "areas_below",
    "children",
    "city",
    "city_bounds",
    "forget",
    "from_wgs84",
    "from_wgs84_many",
    "full_name",
    "level_name",
    "metres_between",
    "place",
    "place_many",
    "system_named",
    "to_wgs84",
    "to_wgs84_many",
]
