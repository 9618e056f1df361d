from django.apps import AppConfig


class Dossiers(AppConfig):
    name = "gongzhi.dossiers"
