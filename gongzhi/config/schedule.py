"""When → which job. Read by the worker; times are in the city's zone."""

from typing import Any

from gongzhi.accounts import jobs as accounts
from gongzhi.agreements import jobs as agreements
from gongzhi.allowances import jobs as allowances
from gongzhi.audit import jobs as audit
from gongzhi.centres import jobs as centres
from gongzhi.clocks import jobs as clocks
from gongzhi.disputes import jobs as disputes
from gongzhi.docking import jobs as docking
from gongzhi.duty import jobs as duty
from gongzhi.field import jobs as field
from gongzhi.figures import jobs as figures
from gongzhi.files import jobs as files
from gongzhi.guard import jobs as guard
from gongzhi.insight import jobs as insight
from gongzhi.learning import jobs as learning
from gongzhi.notices import jobs as notices
from gongzhi.oversight import jobs as oversight
from gongzhi.patrol import jobs as patrol
from gongzhi.publishing import jobs as publishing
from gongzhi.residents import jobs as residents
from gongzhi.rewards import jobs as rewards
from gongzhi.talks import jobs as talks

SCHEDULE: tuple[tuple[str, Any], ...] = (
    # minute hour day month weekday → job
    ("* * * * *", audit.seal_trail),
    ("23 * * * *", accounts.clear_sessions),
    ("* * * * *", clocks.tick),
    ("* * * * *", docking.send_waiting),
    ("* * * * *", duty.note_delays),
    ("* * * * *", centres.note_late),
    ("17 * * * *", files.remove_unclaimed),
    ("41 * * * *", guard.forget),
    ("37 * * * *", files.forget_parts),
    ("41 3 * * *", field.forget_old),
    ("19 2 * * *", disputes.forget_old),
    ("29 2 * * *", disputes.mend_copies),
    ("13 2 * * *", rewards.lapse_and_forget),
    ("11 1 * * *", allowances.end_publicity),
    ("*/10 * * * *", notices.pick_up_forgotten),
    ("*/10 * * * *", oversight.watch),
    ("30 4 * * *", patrol.draw_tasks),
    ("7 * * * *", patrol.end_forgotten_shifts),
    ("*/5 * * * *", residents.send_news),
    ("41 3 * * *", residents.forget_old),
    ("41 3 * * *", publishing.count_figures),
    ("47 3 * * *", figures.forget_news),
    ("50 1 * * *", learning.forecast),
    ("20 2 * * 0", learning.retrain),
    ("40 6 * * *", learning.write_briefs),
    ("*/3 * * * *", insight.refresh_lake),
    ("23 2 * * *", insight.check_lake),
    ("10 9 * * *", agreements.remind),
    ("*/5 * * * *", talks.remind_and_lapse),
)
