from django.urls import path

from gongzhi.files import pages

urlpatterns = [
    path("files", pages.upload, name="upload_file"),
    path("files/<str:token>", pages.show, name="show_file"),
    path("files/<str:token>/thumb", pages.thumb, name="show_thumb"),
]
