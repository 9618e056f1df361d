from django.apps import AppConfig


class Residents(AppConfig):
    name = "gongzhi.residents"
