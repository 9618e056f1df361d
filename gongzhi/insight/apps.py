from django.apps import AppConfig


class Insight(AppConfig):
    name = "gongzhi.insight"
