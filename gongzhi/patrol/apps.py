from django.apps import AppConfig


class Patrol(AppConfig):
    name = "gongzhi.patrol"
