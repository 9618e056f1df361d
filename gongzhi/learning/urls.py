from django.urls import path

from gongzhi.learning.pages import forecast

app_name = "learning"

urlpatterns = [
    path("learning/forecast", forecast.forecast, name="forecast"),
    path("learning/forecast/export.<str:form>", forecast.export, name="forecast-export"),
]
