from django.urls import include, path

from gongzhi.mediators.pages import bodies, own, public, roster

registry = [
    path("mediators", public.directory, name="directory"),
    path("mediators/<str:code>", public.face, name="face"),
    path("desk/mediators", roster.listing, name="roster"),
    path("desk/mediators/table.<str:form>", roster.export, name="roster-export"),
    path("desk/mediators/new", roster.new, name="new"),
    path("desk/mediators/import", roster.from_table, {"what": "mediators"}, name="import"),
    path("desk/mediators/train", roster.train, name="train"),
    path("desk/mediators/my", own.office, name="own"),
    path("desk/mediators/my/<int:mediator_id>/days", own.days, name="own-days"),
    path("desk/mediators/my/<int:mediator_id>/absence", own.absence, name="own-absence"),
    path("desk/mediators/my/absence/<int:absence_id>/end", own.end_absence, name="own-absence-end"),
    path("desk/mediators/my/<int:mediator_id>/card", own.face, name="own-face"),
    path("desk/mediators/my/<int:mediator_id>/studio", own.ask_studio, name="own-studio"),
    path(
        "desk/mediators/my/<int:mediator_id>/appeal/<int:conduct_id>", own.appeal, name="own-appeal"
    ),
    path(
        "desk/mediators/my/studio/<int:application_id>/withdraw",
        own.withdraw_studio,
        name="own-studio-withdraw",
    ),
    path("desk/mediators/studios", own.studios, name="studios"),
    path("desk/mediators/studios/<int:application_id>", own.studio, name="studio"),
    path("desk/mediators/<int:mediator_id>", roster.mediator, name="mediator"),
    path("desk/mediators/<int:mediator_id>/change", roster.change, name="change"),
    path("desk/mediators/<int:mediator_id>/grade", roster.grade, name="grade"),
    path("desk/mediators/<int:mediator_id>/leave", roster.leave, name="leave"),
    path("desk/mediators/<int:mediator_id>/complain", roster.complain, name="complain"),
    path("desk/mediators/<int:mediator_id>/conduct/<int:conduct_id>", roster.decide, name="decide"),
    path(
        "desk/mediators/<int:mediator_id>/conduct/<int:conduct_id>/answer",
        roster.answer,
        name="answer",
    ),
    path("setup/bodies", bodies.listing, name="bodies"),
    path("setup/bodies/table.<str:form>", bodies.export, name="bodies-export"),
    path("setup/bodies/new", bodies.new, name="body-new"),
    path("setup/bodies/import", roster.from_table, {"what": "bodies"}, name="bodies-import"),
    path("setup/bodies/filings", bodies.filings, name="filings"),
    path("setup/bodies/filings.<str:form>", bodies.export_filings, name="filings-export"),
    path("setup/bodies/<int:body_id>", bodies.body, name="body"),
    path("setup/bodies/<int:body_id>/change", bodies.change, name="body-change"),
    path("setup/bodies/<int:body_id>/term", bodies.term, name="body-term"),
    path("setup/bodies/<int:body_id>/close", bodies.close, name="body-close"),
]

urlpatterns = [path("", include((registry, "mediators")))]
