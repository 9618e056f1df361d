from django.urls import path

from gongzhi.publishing.pages import desk, photos

urlpatterns = [
    path("desk/publishing", desk.queue, name="publishing"),
    path("desk/publishing/export.<str:form>", desk.export, name="publishing-export"),
    path("desk/publishing/bulk", desk.bulk, name="publishing-bulk"),
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
