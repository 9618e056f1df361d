from django.apps import AppConfig


class Notices(AppConfig):
    name = "gongzhi.notices"
