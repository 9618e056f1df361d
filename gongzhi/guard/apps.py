from django.apps import AppConfig


class Guard(AppConfig):
    name = "gongzhi.guard"
