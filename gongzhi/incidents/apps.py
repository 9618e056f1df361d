from django.apps import AppConfig


class Incidents(AppConfig):
    name = "gongzhi.incidents"
