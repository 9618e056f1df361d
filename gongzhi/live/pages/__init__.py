"""The doors of the stream: an ASGI program of its own, beside the web process."""

from gongzhi.live.pages.program import application

__all__ = ["application"]
