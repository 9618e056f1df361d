from django.apps import AppConfig


class Rewards(AppConfig):
    name = "gongzhi.rewards"
