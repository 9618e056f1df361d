"""Input shapes of the dispute's moves."""

from gongzhi.matters.forms import MoveForm, NoteForm, ReasonForm

INPUTS: dict[str, type[MoveForm]] = {
    "triage": NoteForm,
    "decline": ReasonForm,
    "return": ReasonForm,
    "consent": NoteForm,
    "stop_refused": ReasonForm,
    "appoint": NoteForm,
    "recuse": ReasonForm,
    "agree_to_extend": ReasonForm,
    "begin_appraisal": ReasonForm,
    "end_appraisal": NoteForm,
    "settle": NoteForm,
    "settle_orally": NoteForm,
    "talk_again": ReasonForm,
    "take_effect": NoteForm,
    "terminate": ReasonForm,
    "withdraw": ReasonForm,
    "performed": NoteForm,
    "not_performed": ReasonForm,
    "visit": NoteForm,
    "archive": NoteForm,
}
