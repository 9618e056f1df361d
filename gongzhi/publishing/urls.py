from django.urls import path

from gongzhi.publishing.pages import data, desk, open, photos, rules

urlpatterns = [
    path("matters", open.listing, name="public-matters"),
    path("matters/map", open.on_map, name="public-map"),
    path("matters/points.geojson", open.points, name="public-points"),
    path("matters/<slug:public_id>", open.case, name="public-matter"),
    path("matters/<slug:public_id>/problem", open.problem, name="public-problem"),
    path("matters/<slug:public_id>/photos/<int:photo_id>.jpg", open.photo, {"form": "jpg"}, name="public-photo"),
    path("matters/<slug:public_id>/photos/<int:photo_id>.webp", open.photo, {"form": "webp"}, name="public-thumb"),
    path("open-data", data.page, name="open-data"),
    path("open-data/schema.json", data.schema, name="open-data-schema"),
    path("open-data/matters.<str:form>", data.download, name="open-data-download"),
    path("statistics", data.statistics, name="statistics"),
    path("statistics/<slug:name>.csv", data.figure, name="statistics-figure"),
    path("desk/publishing", desk.queue, name="publishing"),
    path("desk/publishing/export.<str:form>", desk.export, name="publishing-export"),
    path("desk/publishing/bulk", desk.bulk, name="publishing-bulk"),
    path("desk/publishing/rules", rules.rules, name="publishing-rules"),
    path("desk/publishing/<slug:public_id>", desk.case, name="publishing-case"),
    path("desk/publishing/<slug:public_id>/publish", desk.publish, name="publishing-publish"),
    path("desk/publishing/<slug:public_id>/withhold", desk.take_back, {"move": "withhold"}, name="publishing-withhold"),
    path("desk/publishing/<slug:public_id>/withdraw", desk.take_back, {"move": "withdraw"}, name="publishing-withdraw"),
    path("desk/publishing/<slug:public_id>/reconsider", desk.take_back, {"move": "reconsider"}, name="publishing-reconsider"),
    path("desk/publishing/<slug:public_id>/problems/<int:problem_id>", desk.answer, name="publishing-answer"),
    path("desk/publishing/<slug:public_id>/photos/<int:photo_id>", photos.set_regions, name="publishing-regions"),
    path("desk/publishing/<slug:public_id>/photos/<int:photo_id>/find", photos.find_again, name="publishing-find"),
    path("desk/publishing/<slug:public_id>/photos/<int:photo_id>.jpg", photos.picture, name="publishing-picture"),
]  # fmt: skip
