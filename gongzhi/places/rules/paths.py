"""Codes and paths of areas: "441900/004/012/03/"."""

import re

_SEGMENT = re.compile(r"[0-9A-Za-z_-]{1,24}")


def path_of(code: str, parent_code: str, parent_path: str) -> str:
    """Append to the parent's path what the area's official code adds to its parent's."""
    short = code.removeprefix(parent_code) if parent_code and code != parent_code else code
    return f"{parent_path}{short}/"


def is_code(code: str) -> bool:
    return _SEGMENT.fullmatch(code) is not None


def parent_path(path: str) -> str:
    head, slash, _own = path.rstrip("/").rpartition("/")
    return head + slash


def ancestor_paths(path: str) -> list[str]:
    """Return the paths from the city down to the area itself."""
    segments = path.rstrip("/").split("/")
    return ["/".join(segments[: n + 1]) + "/" for n in range(len(segments))] if path else []
