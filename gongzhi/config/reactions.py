"""What follows from what. Read a row as: when this happens, these things happen next."""

from gongzhi.base.bus import Reaction
from gongzhi.clocks import reactions as clocks
from gongzhi.clocks.events import (
    CalendarChanged,
    ClockEscalated,
    ClockMoved,
    ClockOverdue,
    ClockResumed,
    ClockWarned,
)
from gongzhi.figures import reactions as figures
from gongzhi.incidents import reactions as incidents
from gongzhi.matters import reactions as matters
from gongzhi.matters.events import MatterMoved, MatterOpened
from gongzhi.patrol import reactions as patrol
from gongzhi.patrol.events import PlanReleased, ShiftEnded, ShiftStarted, VisitRecorded
from gongzhi.places import reactions as places
from gongzhi.places.events import ImportConfirmed, ImportReceived
from gongzhi.publishing import reactions as publishing
from gongzhi.publishing.events import (
    MatterPublished,
    PhotosArrived,
    PublicationEnded,
    PublicStateChanged,
)
from gongzhi.residents import reactions as residents
from gongzhi.rewards import reactions as rewards
from gongzhi.rewards.events import AwardApproved, PayoutFailed

REACTIONS: dict[type, tuple[Reaction, ...]] = {
    MatterOpened: (
        matters.tell_of_opening,
        publishing.consider_opened,
        patrol.call_for_matter,
    ),
    MatterMoved: (
        matters.tell_of_move,
        incidents.dispatch_by_matrix,
        rewards.weigh,
        publishing.follow_move,
        patrol.call_for_matter,
    ),
    PlanReleased: (patrol.share_anew,),
    ShiftStarted: (patrol.tell_presence,),
    ShiftEnded: (patrol.tell_presence,),
    VisitRecorded: (figures.note_work,),
    AwardApproved: (rewards.tell_of_award,),
    PayoutFailed: (rewards.tell_of_failure,),
    ClockWarned: (matters.tell_of_warning,),
    ClockOverdue: (matters.tell_of_overdue,),
    ClockEscalated: (matters.tell_of_escalation,),
    CalendarChanged: (clocks.recount,),
    ClockMoved: (matters.follow_clocks,),
    ClockResumed: (matters.go_on,),
    ImportReceived: (places.check_file,),
    ImportConfirmed: (places.write_file,),
    MatterPublished: (residents.note_published,),
    PublicStateChanged: (residents.note_change,),
    PublicationEnded: (residents.forget,),
    PhotosArrived: (publishing.blur_photos,),
}
