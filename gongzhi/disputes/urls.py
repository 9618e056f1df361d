from django.urls import URLPattern, URLResolver, path

from gongzhi.disputes.pages import desk, figures, file, kinds, own, parties

app_name = "disputes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/disputes", desk.index, name="list"),
    path("desk/disputes/export.<str:form>", desk.export, name="export"),
    path("desk/disputes/new", desk.new, name="new"),
    path("desk/disputes/<str:number>/say", file.say, name="say"),
    path("desk/disputes/<str:number>/file", file.file, name="file"),
    path("desk/disputes/<str:number>/parties/new", parties.add, name="add-party"),
    path("desk/disputes/<str:number>/parties/<int:seq>", parties.one, name="party"),
    path("desk/disputes/<str:number>/parties/<int:seq>/leave", parties.leave, name="leave"),
    path("setup/dispute-kinds", kinds.index, name="kinds"),
    path("setup/dispute-kinds/export.<str:form>", kinds.export, name="kinds-export"),
    path("setup/dispute-kinds/<str:code>", kinds.one, name="kind"),
    path("mediation/my-data", own.take, name="own-data"),
    path("desk/disputes/figures", figures.table, name="figures"),
    path("desk/disputes/figures/table.<str:form>", figures.export, name="figures-export"),
    path("desk/disputes/figures/behind", figures.behind, name="figures-behind"),
    path("desk/disputes/figures/behind.<str:form>", figures.behind_export, name="figures-behind-export"),
    path("desk/disputes/own-figures", figures.own, name="own-figures"),
    path("desk/disputes/own-figures/table.<str:form>", figures.own_export, name="own-figures-export"),
    path("desk/disputes/own-figures/behind", figures.own_behind, name="own-figures-behind"),
    path("desk/disputes/own-figures/behind.<str:form>", figures.own_behind_export, name="own-figures-behind-export"),
]  # fmt: skip
