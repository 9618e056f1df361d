"""Questions people of the city have kept for themselves and for others."""

from datetime import datetime

from gongzhi.accounts import queries as accounts
from gongzhi.insight import actions as insight

# Who keeps it, under which name, what it asks, and whether colleagues may open it.
KEPT = (
    ("supervisor", "各镇街按月上报与按期结案率", "rows=town&across=month&measure=reported&measure=closed_in_time_rate", True),
    ("supervisor", "每日各时段上报（按来源）", "rows=hour&across=source&measure=reported", True),
    ("supervisor", "退回率最高的单位", "rows=unit&measure=return_rate&measure=returned&measure=to_handle", False),
    ("duty", "本镇各村办理时长", "rows=village&measure=p50_hours&measure=p90_hours&measure=handled", True),
    ("duty", "蜂窝格分布", "rows=block&measure=reported", False),
)  # fmt: skip


def keep(*, at: datetime) -> None:
    """Keep the questions; where nobody of that name works, nothing is kept."""
    for username, name, query, is_shared in KEPT:
        person = accounts.person_by_username(username)
        if person is None:
            continue
        actor = accounts.actor_for(person.id, at)
        view = insight.save_view(name=name, query=query, actor=actor, at=at)
        if is_shared:
            insight.share_view(view_id=view.pk, actor=actor, at=at)
