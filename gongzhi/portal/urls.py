from django.urls import path

from gongzhi.portal.pages import home, progress, report

urlpatterns = [
    path("", home.home, name="home"),
    path("nearby", home.nearby, name="nearby"),
    path("forget", home.forget, name="forget-followed"),
    path("mediation", home.mediation, name="mediation"),
    path("privacy", home.privacy, name="privacy"),
    path("report", report.report, name="report"),
    path("report/items", report.items, name="report-items"),
    path("report/about", report.about, name="report-about"),
    path("report/place", report.place, name="report-place"),
    path("receipt/<str:number>", progress.receipt, name="receipt"),
    path("progress", progress.ask, name="progress-form"),
    path("progress/<str:number>", progress.progress, name="progress"),
    path("progress/<str:number>/rate", progress.rate, name="rate"),
    path("progress/<str:number>/reopen", progress.reopen, name="reopen"),
    path("progress/<str:number>/publication", progress.publication, name="own-publication"),
    path("progress/<str:number>/add", progress.add, name="add-to-report"),
]
