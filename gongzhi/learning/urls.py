from django.urls import path

from gongzhi.learning.pages import brief, forecast, fragments, suggestions

app_name = "learning"

urlpatterns = [
    path("learning/forecast", forecast.forecast, name="forecast"),
    path("learning/forecast/export.<str:form>", forecast.export, name="forecast-export"),
    path("learning/brief", brief.brief, name="brief"),
    path("learning/brief/paper.<str:form>", brief.paper, name="brief-paper"),
    path("learning/suggestions", suggestions.suggestions, name="suggestions"),
    path("learning/suggestions/export.<str:form>", suggestions.export, name="suggestions-export"),
    path("learning/suggestions/train", suggestions.train, name="train"),
    path("learning/suggestions/<int:trained_id>/choose", suggestions.choose, name="choose-version"),
    path("learning/suggest/items", fragments.items, name="suggest-items"),
    path("learning/matters/<str:number>/suggest/<str:subject>", fragments.suggest, name="suggest"),
    path("learning/matters/<str:number>/similar", fragments.similar, name="similar"),
]
