from django.apps import AppConfig


class Allowances(AppConfig):
    name = "gongzhi.allowances"
