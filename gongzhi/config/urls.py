"""Every door for people. Module urls are included here and nowhere else."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongzhi.files.urls")),
]
