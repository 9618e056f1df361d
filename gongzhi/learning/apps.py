from django.apps import AppConfig


class Learning(AppConfig):
    name = "gongzhi.learning"
