from django.apps import AppConfig


class Mediators(AppConfig):
    name = "gongzhi.mediators"
