from django.urls import URLPattern, path

from gongzhi.field.pages import shell

urlpatterns: list[URLPattern] = [
    path("field", shell.shell, name="field"),
    path("field/token", shell.token, name="field-token"),
    path("field/sw.js", shell.worker, name="field-worker"),
    path("field/app.webmanifest", shell.card, name="field-card"),
]
