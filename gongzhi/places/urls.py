from django.urls import path, re_path

from gongzhi.places.pages import areas, imports, maps, premises

app_name = "places"
# Before the premises' codes, which would take "map" or "labels" for one.
_IMPORT = r"^setup/(?P<subject>areas|premises)/import"

urlpatterns = [
    re_path(rf"{_IMPORT}$", imports.start, name="import-start"),
    re_path(rf"{_IMPORT}/(?P<import_id>\d{{1,15}})$", imports.result, name="import"),
    re_path(rf"{_IMPORT}/(?P<import_id>\d{{1,15}})/write$", imports.write, name="import-write"),
    re_path(rf"{_IMPORT}/(?P<import_id>\d{{1,15}})/report$", imports.report, name="import-report"),
    path("setup/areas", areas.tree, name="areas"),
    path("setup/areas/branch", areas.branch, name="area-branch"),
    path("setup/areas/export", areas.export, name="areas-export"),
    path("setup/areas/close/<path:path>", areas.close, name="area-close"),
    path("setup/areas/rename/<path:path>", areas.rename, name="area-rename"),
    path("setup/areas/at/<path:path>", areas.detail, name="area"),
    path("setup/premises", premises.listing, name="premises-list"),
    path("setup/premises/new", premises.edit, name="premises-new"),
    path("setup/premises/map", premises.on_map, name="premises-map"),
    path("setup/premises/labels", premises.labels, name="premises-labels"),
    path("setup/premises/export", premises.export, name="premises-export"),
    path("setup/premises/<slug:code>/edit", premises.edit, name="premises-edit"),
    path("setup/premises/<slug:code>", premises.detail, name="premises"),
    path("map/areas.geojson", maps.areas, name="map-areas"),
    path("map/area.geojson", maps.area, name="map-area"),
    path("map/premises.geojson", maps.premises, name="map-premises"),
    path("p/<slug:code>", premises.behind_label, name="behind-label"),
]
