"""Every door for people. Module urls are included here and nowhere else."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from gongzhi.config import api, health
from gongzhi.config.pages import style

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}logo.svg")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/openapi.json", api.openapi, name="openapi"),
    path("api/", api.urls),
    path("setup/style", style, name="style"),
    path("", include("gongzhi.accounts.urls")),
    path("", include("gongzhi.audit.urls")),
    path("", include("gongzhi.catalogue.urls")),
    path("", include("gongzhi.clocks.urls")),
    path("", include("gongzhi.files.urls")),
    path("", include("gongzhi.field.urls")),
    path("", include("gongzhi.guard.urls")),
    path("", include("gongzhi.patrol.urls")),  # desk/patrol, before the boxes of desk/<name>
    path("", include("gongzhi.publishing.urls")),  # desk/publishing, too
    path("", include("gongzhi.rewards.urls")),  # desk/rewards, too
    path("", include("gongzhi.residents.urls")),
    path("", include("gongzhi.figures.urls")),
    path("", include("gongzhi.oversight.urls")),
    path("", include("gongzhi.duty.urls")),
    path("", include("gongzhi.assessment.urls")),
    path("", include("gongzhi.insight.urls")),
    path("", include("gongzhi.learning.urls")),
    path("", include("gongzhi.live.urls")),
    path("", include("gongzhi.command.urls")),
    path(
        "", include("gongzhi.mediators.urls")
    ),  # desk/mediators and the others, before desk/<name>
    path("", include("gongzhi.disputes.urls")),
    path("", include("gongzhi.talks.urls")),
    path("", include("gongzhi.agreements.urls")),
    path("", include("gongzhi.dossiers.urls")),
    path("", include("gongzhi.docking.urls")),
    path("", include("gongzhi.allowances.urls")),
    path("", include("gongzhi.centres.urls")),
    path("", include("gongzhi.incidents.urls")),  # desk/report, before the boxes of desk/<name>
    path("", include("gongzhi.matters.urls")),
    path("", include("gongzhi.notices.urls")),
    path("", include("gongzhi.places.urls")),
    path("", include("gongzhi.portal.urls")),
]
