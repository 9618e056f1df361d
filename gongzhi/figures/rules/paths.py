"""The town and the village a path lies in: "441900/004/012/01/" lies in 441900/004/ and 441900/004/012/."""


def town_of(path: str) -> str:
    return _first(path, 2)


def village_of(path: str) -> str:
    return _first(path, 3)


def areas_around(path: str) -> list[str]:
    """Return the town and the village a path lies in, as far as it names them."""
    return [found for found in (town_of(path), village_of(path)) if found]


def _first(path: str, depth: int) -> str:
    parts = path.rstrip("/").split("/") if path else []
    return "/".join(parts[:depth]) + "/" if len(parts) >= depth else ""
