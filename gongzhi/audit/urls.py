from django.urls import path

from gongzhi.audit import pages

urlpatterns = [
    path("setup/audit", pages.trail, name="audit"),
    path("setup/audit/trail.csv", pages.export),
    path("setup/audit/chain", pages.chain),
    path("setup/audit/chain/verify", pages.verify),
    path("setup/audit/<int:entry_id>", pages.entry),
]
