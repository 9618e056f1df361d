"""The names of these deeds in the trail."""

from django.utils.translation import pgettext_lazy

DEEDS = (
    pgettext_lazy("deed", "mediators.enter_body"),
    pgettext_lazy("deed", "mediators.change_body"),
    pgettext_lazy("deed", "mediators.close_body"),
    pgettext_lazy("deed", "mediators.begin_term"),
    pgettext_lazy("deed", "mediators.note_filed"),
    pgettext_lazy("deed", "mediators.import_bodies"),
    pgettext_lazy("deed", "mediators.appoint"),
    pgettext_lazy("deed", "mediators.change"),
    pgettext_lazy("deed", "mediators.leave"),
    pgettext_lazy("deed", "mediators.import_mediators"),
    pgettext_lazy("deed", "mediators.record_training"),
    pgettext_lazy("deed", "mediators.give_grade"),
    pgettext_lazy("deed", "mediators.complain"),
    pgettext_lazy("deed", "mediators.decide"),
    pgettext_lazy("deed", "mediators.appeal"),
    pgettext_lazy("deed", "mediators.answer_appeal"),
    pgettext_lazy("deed", "mediators.set_days"),
    pgettext_lazy("deed", "mediators.add_absence"),
    pgettext_lazy("deed", "mediators.remove_absence"),
    pgettext_lazy("deed", "mediators.show_me"),
    pgettext_lazy("deed", "mediators.apply_for_studio"),
    pgettext_lazy("deed", "mediators.look_at_studio"),
    pgettext_lazy("deed", "mediators.decide_studio"),
    pgettext_lazy("deed", "mediators.withdraw_studio"),
    pgettext_lazy("deed", "mediators.export"),
)
