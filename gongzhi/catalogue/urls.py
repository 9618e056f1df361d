from django.urls import path

from gongzhi.catalogue.pages import imports, items, matrix

app_name = "catalogue"
urlpatterns = [
    path("setup/items", items.item_list, name="items"),
    path("setup/items/new", items.item_new, name="item_new"),
    path("setup/items/import", imports.import_items, name="import"),
    path("setup/items/import/<int:draft_id>", imports.confirm_import, name="confirm_import"),
    path("setup/items/export.<str:form>", items.export, name="export"),
    path("setup/items/<str:code>", items.item_detail, name="item"),
    path("setup/items/<str:code>/revise", items.item_revise, name="item_revise"),
    path("setup/items/<str:code>/retire", items.item_retire, name="item_retire"),
    path("setup/matrix", matrix.matrix, name="matrix"),
    path("setup/matrix/<int:row_id>/end", matrix.end_responsibility, name="end_responsibility"),
    path("setup/no-report", matrix.no_report, name="no_report"),
    path("setup/no-report/<int:row_id>/end", matrix.end_no_report, name="end_no_report"),
]
