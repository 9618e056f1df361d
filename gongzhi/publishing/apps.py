from django.apps import AppConfig


class Publishing(AppConfig):
    name = "gongzhi.publishing"
