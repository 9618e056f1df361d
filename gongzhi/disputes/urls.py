from django.urls import URLPattern, URLResolver, path

from gongzhi.disputes.pages import desk, file, kinds, own

app_name = "disputes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/disputes", desk.index, name="list"),
    path("desk/disputes/export.<str:form>", desk.export, name="export"),
    path("desk/disputes/new", desk.new, name="new"),
    path("desk/disputes/<str:number>/say", file.say, name="say"),
    path("desk/disputes/<str:number>/file", file.file, name="file"),
    path("setup/dispute-kinds", kinds.index, name="kinds"),
    path("setup/dispute-kinds/export.<str:form>", kinds.export, name="kinds-export"),
    path("setup/dispute-kinds/<str:code>", kinds.one, name="kind"),
    path("mediation/my-data", own.take, name="own-data"),
]
