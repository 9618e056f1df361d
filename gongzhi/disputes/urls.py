from django.urls import URLPattern, URLResolver, path

from gongzhi.disputes.pages import figures

app_name = "disputes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/disputes/figures", figures.table, name="figures"),
    path("desk/disputes/figures/table.<str:form>", figures.export, name="figures-export"),
    path("desk/disputes/figures/behind", figures.behind, name="figures-behind"),
    path("desk/disputes/figures/behind.<str:form>", figures.behind_export, name="figures-behind-export"),
    path("desk/disputes/own-figures", figures.own, name="own-figures"),
    path("desk/disputes/own-figures/table.<str:form>", figures.own_export, name="own-figures-export"),
    path("desk/disputes/own-figures/behind", figures.own_behind, name="own-figures-behind"),
    path("desk/disputes/own-figures/behind.<str:form>", figures.own_behind_export, name="own-figures-behind-export"),
]  # fmt: skip
