from django.apps import AppConfig


class Agreements(AppConfig):
    name = "gongzhi.agreements"
