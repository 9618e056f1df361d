from django.urls import path

from gongzhi.insight.pages import analyses, matters, pivoting

app_name = "insight"
urlpatterns = [
    path("insight", analyses.overview, name="overview"),
    path("insight/matters", matters.matters, name="matters"),
    path("insight/matters.<str:form>", matters.export, name="matters_file"),
    path("insight/pivot", pivoting.pivot, name="pivot"),
    path("insight/pivot.<str:form>", pivoting.export, name="pivot_file"),
    path("insight/saved", pivoting.saved, name="saved"),
    path("insight/saved/keep", pivoting.save, name="save"),
    path("insight/saved/<int:view_id>/share", pivoting.share, name="share"),
    path("insight/saved/<int:view_id>/unshare", pivoting.unshare, name="unshare"),
    path("insight/saved/<int:view_id>/forget", pivoting.forget, name="forget"),
    path("insight/<slug:code>", analyses.analysis, name="analysis"),
    path("insight/<slug:code>.<str:form>", analyses.export, name="analysis_file"),
]
