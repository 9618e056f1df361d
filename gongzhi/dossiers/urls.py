from django.urls import path

from gongzhi.dossiers.pages import listing, papers, whole

app_name = "dossiers"
_ONE = "desk/disputes/<str:number>"

urlpatterns = [
    path("desk/dossiers", listing.show, name="list"),
    path("desk/dossiers.<str:form>", listing.export, name="export"),
    path(f"{_ONE}/papers/<slug:code>", papers.show, name="paper"),
    path(f"{_ONE}/papers/<slug:code>.pdf", papers.pdf, name="paper-pdf"),
    path(f"{_ONE}/papers/<slug:code>.docx", papers.word, name="paper-docx"),
    path(f"{_ONE}/dossier", whole.show, name="file"),
    path(f"{_ONE}/dossier.pdf", whole.pdf, name="file-pdf"),
    path(f"{_ONE}/dossier/<str:deed>", whole.act, name="file-act"),
]
