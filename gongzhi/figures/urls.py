from django.urls import path

from gongzhi.figures import pages

urlpatterns = [
    path("figures/matters", pages.behind, name="behind"),
    path("figures/matters.<str:form>", pages.export, name="behind-export"),
]
