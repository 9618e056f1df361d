from django.urls import path

from gongzhi.notices import pages

_TEMPLATE = "setup/notices/<slug:code>/<slug:channel>/<slug:language>"

urlpatterns = [
    path("notices", pages.index, name="notices"),
    path("notices/_bell", pages.bell, name="bell"),
    path("notices/read", pages.read_all, name="read_all_notices"),
    path("notices/<int:notice_id>", pages.show, name="show_notice"),
    path("setup/notices", pages.templates, name="notice_templates"),
    path("setup/notices/deliveries", pages.deliveries, name="deliveries"),
    path("setup/notices/deliveries/<int:delivery_id>/again", pages.send_again, name="send_again"),
    path(_TEMPLATE, pages.template, name="notice_template"),
    path(f"{_TEMPLATE}/preview", pages.preview, name="preview_template"),
]
