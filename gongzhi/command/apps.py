from django.apps import AppConfig


class Command(AppConfig):
    name = "gongzhi.command"
