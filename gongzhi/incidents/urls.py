from django.urls import path

from gongzhi.incidents import pages

urlpatterns = [
    path("desk/report", pages.file, name="file-matter"),
    path("desk/report/items", pages.items, name="file-matter-items"),
    path("desk/report/hints", pages.hints, name="file-matter-hints"),
    path("setup/dispatch", pages.policies, name="dispatch-policies"),
]
