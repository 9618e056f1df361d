"""What may be done in this module."""

from django.utils.translation import pgettext_lazy

from gongzhi.accounts.actions.absence import (
    approve_substitute,
    ask_for_substitute,
    end_substitution,
)
from gongzhi.accounts.actions.imports import import_units
from gongzhi.accounts.actions.passwords import change_password, reset_password
from gongzhi.accounts.actions.people import (
    add_person,
    change_person,
    close_account,
    keep_language,
    open_contact,
    reopen_account,
)
from gongzhi.accounts.actions.people_import import import_people
from gongzhi.accounts.actions.postings import employ, end_posting, post
from gongzhi.accounts.actions.second_factor import (
    begin_enrolment,
    check_second_factor,
    confirm_enrolment,
    remove_second_factor,
    renew_recovery_codes,
    reset_second_factor,
)
from gongzhi.accounts.actions.sessions import (
    account_of,
    clear_sessions,
    end_other_sessions,
    end_session,
    let_work_offline,
    note_failed_sign_in,
    note_sign_in,
    note_sign_out,
    unlock,
)
from gongzhi.accounts.actions.units import add_unit, change_unit, close_unit, reopen_unit

__all__ = [
    "account_of",
    "add_person",
    "add_unit",
    "approve_substitute",
    "ask_for_substitute",
    "begin_enrolment",
    "change_password",
    "change_person",
    "change_unit",
    "check_second_factor",
    "clear_sessions",
    "close_account",
    "close_unit",
    "confirm_enrolment",
    "employ",
    "end_other_sessions",
    "end_posting",
    "end_session",
    "end_substitution",
    "import_people",
    "import_units",
    "keep_language",
    "let_work_offline",
    "note_failed_sign_in",
    "note_sign_in",
    "note_sign_out",
    "open_contact",
    "post",
    "remove_second_factor",
    "renew_recovery_codes",
    "reopen_account",
    "reopen_unit",
    "reset_password",
    "reset_second_factor",
    "unlock",
]

# What the trail calls these deeds; listed here so that they have words in every language.
DEEDS = (
    pgettext_lazy("deed", "sign_in"),
    pgettext_lazy("deed", "sign_in_refused"),
    pgettext_lazy("deed", "sign_out"),
    pgettext_lazy("deed", "end_session"),
    pgettext_lazy("deed", "end_other_sessions"),
    pgettext_lazy("deed", "unlock"),
    pgettext_lazy("deed", "change_password"),
    pgettext_lazy("deed", "reset_password"),
    pgettext_lazy("deed", "enrol_second_factor"),
    pgettext_lazy("deed", "renew_recovery_codes"),
    pgettext_lazy("deed", "remove_second_factor"),
    pgettext_lazy("deed", "reset_second_factor"),
    pgettext_lazy("deed", "add_person"),
    pgettext_lazy("deed", "change_person"),
    pgettext_lazy("deed", "close_account"),
    pgettext_lazy("deed", "reopen_account"),
    pgettext_lazy("deed", "post"),
    pgettext_lazy("deed", "end_posting"),
    pgettext_lazy("deed", "ask_for_substitute"),
    pgettext_lazy("deed", "approve_substitute"),
    pgettext_lazy("deed", "withdraw_substitute"),
    pgettext_lazy("deed", "end_substitution"),
    pgettext_lazy("deed", "add_unit"),
    pgettext_lazy("deed", "change_unit"),
    pgettext_lazy("deed", "close_unit"),
    pgettext_lazy("deed", "reopen_unit"),
    pgettext_lazy("deed", "import_units"),
    pgettext_lazy("deed", "import_people"),
    pgettext_lazy("deed", "export_people"),
)
