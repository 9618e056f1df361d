from django.urls import URLPattern, path

from gongzhi.field.pages import handsets, records, shell

urlpatterns: list[URLPattern] = [
    path("field", shell.shell, name="field"),
    path("field/token", shell.token, name="field-token"),
    path("field/sw.js", shell.worker, name="field-worker"),
    path("field/app.webmanifest", shell.card, name="field-card"),
    path("setup/handsets", handsets.handsets, name="handsets"),
    path("setup/handsets/<uuid:handset_id>/revoke", handsets.revoke, name="revoke-handset"),
    path("me/handsets", handsets.mine, name="my-handsets"),
    path("desk/field-records", records.records, name="field-records"),
    path("desk/field-records/<uuid:operation_id>", records.record, name="field-record"),
    path("desk/mediations", records.mediations, name="mediations"),
    path("desk/mediations/<int:mediation_id>", records.mediation, name="mediation"),
]
