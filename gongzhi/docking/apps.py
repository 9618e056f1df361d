from django.apps import AppConfig


class Docking(AppConfig):
    name = "gongzhi.docking"
