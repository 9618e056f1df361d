from django.apps import AppConfig


class Places(AppConfig):
    name = "gongzhi.places"
