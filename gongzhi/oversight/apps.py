from django.apps import AppConfig


class Oversight(AppConfig):
    name = "gongzhi.oversight"
