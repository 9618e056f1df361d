from django.apps import AppConfig


class Clocks(AppConfig):
    name = "gongzhi.clocks"
