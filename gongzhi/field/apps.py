from django.apps import AppConfig


class Field(AppConfig):
    name = "gongzhi.field"
