"""What an item looks like on the first page of a report: a drawn picture, or a sign."""

import re
from dataclasses import dataclass

# Pictures lie in frontend/public/items; each key is the sign that the catalogue gives an item.
PICTURES = frozenset(
    [
        "bike",
        "bin",
        "charging",
        "dust",
        "ebike",
        "extinguisher",
        "factory",
        "fire",
        "flood",
        "food",
        "home",
        "lamp",
        "manhole",
        "poster",
        "pothole",
        "power",
        "river",
        "shop",
        "sign",
        "stall",
        "trash",
        "tree",
    ]
)
SIGNS: dict[str, dict[str, str]] = {
    "aed": {"icon": "heartbeat"},
    "alarm": {"icon": "alarm"},
    "billboard": {"icon": "ad-2"},
    "building": {"icon": "building"},
    "busstop": {"icon": "bus-stop"},
    "car": {"icon": "car"},
    "elevator": {"icon": "elevator"},
    "fence": {"icon": "fence"},
    "field": {"icon": "plant-2"},
    "gas": {"icon": "flame"},
    "grate": {"icon": "grid-4x4"},
    "guardrail": {"icon": "barrier-block"},
    "hydrant": {"icon": "fire-hydrant"},
    "overflow": {"icon": "droplets"},
    "pipe": {"icon": "droplet"},
    "road": {"icon": "road"},
    "rubble": {"icon": "bulldozer"},
    "school": {"icon": "school"},
    "sidewalk": {"icon": "walk"},
    "signal": {"icon": "traffic-lights"},
    "smell": {"icon": "wind"},
    "tactile": {"icon": "disabled-2"},
    "toilet": {"icon": "toilet-paper"},
}
ELSE = {"icon": "dots"}
# Emergency lines and the city's own; longer numbers in a notice are no call for help.
CALLS = re.compile(r"(?<!\d)(?:110|119|120|122|12345|12350|95598|96\d{3})(?!\d)")


@dataclass(frozen=True)
class Tile:
    picture: str  # address of the picture; empty: the sign stands instead
    sign: str


def tile_of(icon: str) -> Tile:
    picture = f"/static/items/{icon}.webp" if icon in PICTURES else ""
    return Tile(picture, SIGNS.get(icon, ELSE)["icon"])


def calls_in(notice: str) -> list[str]:
    """Return the telephone numbers a notice says to call, each once, in its order."""
    return list(dict.fromkeys(CALLS.findall(notice)))
