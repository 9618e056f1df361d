from django.urls import path

from gongzhi.matters.pages import choices, export, inbox, map, matter, ratings

urlpatterns = [
    path("desk", inbox.box, name="desk"),
    path("desk/bulk", inbox.bulk, name="bulk"),
    path("desk/filters", inbox.save_filter, name="save-filter"),
    path("desk/filters/<int:filter_id>/delete", inbox.forget_filter, name="forget-filter"),
    path("desk/choices/items", choices.items, name="choose-item"),
    path("desk/choices/units", choices.units, name="choose-unit"),
    path("desk/ratings", ratings.show, name="ratings"),
    path("desk/ratings.<str:form>", ratings.export, name="ratings-export"),
    path("desk/map", map.show, name="desk-map"),
    path("desk/search", inbox.box, {"name": "all"}, name="desk-search"),
    path("desk/<str:name>/counts", inbox.counts, name="box-counts"),
    path("desk/<str:name>/export.<str:form>", export.export, name="export"),
    path("desk/matters/<str:number>", matter.show, name="matter"),
    path("desk/matters/<str:number>/reporters", matter.reporters, name="reporters"),
    path("desk/matters/<str:number>/file", matter.check_file, name="check-file"),
    path("desk/matters/<str:number>/compare/<str:other>", matter.compare, name="compare"),
    path("desk/matters/<str:number>/<str:name>", matter.move, name="move"),
    path("desk/<str:name>", inbox.box, name="box"),
    path("map/matters.geojson", map.points, name="matter-points"),
]
