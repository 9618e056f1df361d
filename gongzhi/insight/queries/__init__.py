"""What insight answers. Nothing here loads the engines: the process that holds the lake does."""

from gongzhi.insight.queries.lake import LakeState, Silent, Told, ask, check, refresh, state

__all__ = ["LakeState", "Silent", "Told", "ask", "check", "refresh", "state"]
