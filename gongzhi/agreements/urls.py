from django.urls import path

from gongzhi.agreements.pages import builder, listing, performance, public, signing

app_name = "agreements"
_ONE = "desk/disputes/<str:number>/agreement"

urlpatterns = [
    path("desk/agreements", listing.show, name="list"),
    path("desk/agreements.<str:form>", listing.export, name="export"),
    path(_ONE, builder.show, name="one"),
    path(f"{_ONE}/row", builder.row, name="row"),
    path(f"{_ONE}/versions/<int:version>", builder.version, name="version"),
    path(f"{_ONE}/dues/<int:due_id>", performance.note, name="due"),
    path(f"{_ONE}/dues/<int:due_id>/reopen", performance.reopen, name="due-reopen"),
    path(f"{_ONE}/<str:deed>", signing.act, name="act"),
    path("sign", public.ask, name="sign-ask"),
    path("sign/<str:number>", public.show, name="sign"),
    path("sign/<str:number>/<str:step>", public.act, name="sign-act"),
    path("verify", public.verify, name="verify"),
    path("verify/<str:code>", public.receipt, name="receipt"),
]
