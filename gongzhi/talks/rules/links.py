"""Addresses of meetings by video."""

from collections.abc import Collection
from urllib.parse import urlsplit


def link_problem(address: str, hosts: Collection[str]) -> str:
    """Return what is wrong with the address of a meeting: "", "plain", "host" or "broken"."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "broken"
    if not address.isprintable() or not host or parts.username or port not in {None, 443}:
        return "broken"
    if parts.scheme != "https":
        return "plain"
    is_known = any(host == known or host.endswith(f".{known}") for known in hosts)
    return "" if is_known else "host"
