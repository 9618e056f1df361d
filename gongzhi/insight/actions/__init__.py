"""What insight does. The lake itself is refreshed by the process that holds it."""

from gongzhi.insight.actions.saving import forget_view, save_view, share_view, unshare_view

__all__ = ["forget_view", "save_view", "share_view", "unshare_view"]
