from django.urls import path

from gongzhi.residents.pages import data, following, own, settings, sign_in

urlpatterns = [
    path("my", own.mine, name="my"),
    path("my/sign-in", sign_in.sign_in, name="resident-sign-in"),
    path("my/sign-in/code", sign_in.code),
    path("my/sign-out", sign_in.sign_out),
    path("my/sign-out/everywhere", sign_in.end_everywhere),
    path("my/reports.<str:form>", own.export),
    path("my/reports/<str:number>/remove", own.let_go),
    path("my/claim", own.claim),
    path("my/data", data.data),
    path("my/data/take", data.take),
    path("my/delete", data.delete),
    path("my/settings", settings.settings),
    path("my/alerts", following.alerts),
    path("my/alerts/<int:alert_id>/pause", following.pause_alert),
    path("my/alerts/<int:alert_id>/delete", following.delete_alert),
    path("following", following.following, name="following"),
    path("follow/<slug:public_id>", following.follow, name="follow"),
    path("unfollow/<slug:public_id>", following.unfollow, name="unfollow"),
    path("stop/<str:token>", following.stop, name="stop-messages"),
    path("my/email", settings.email),
    path("my/email/code", settings.email_code),
    path("my/email/forget", settings.forget_email),
]
