from django.apps import AppConfig


class Talks(AppConfig):
    name = "gongzhi.talks"
