from django.apps import AppConfig


class Duty(AppConfig):
    name = "gongzhi.duty"
