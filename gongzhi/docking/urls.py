from django.urls import path

from gongzhi.docking import api
from gongzhi.docking.pages import cases, entering, log, partners, standing

app_name = "docking"
_DESK = "desk/docking"

urlpatterns = [
    path("exchange/schema.json", api.schema, name="schema"),
    path("exchange/<slug:code>/messages", api.messages, name="exchange"),
    path(_DESK, cases.incoming, name="incoming"),
    path(f"{_DESK}/outgoing", cases.outgoing, name="outgoing"),
    path(f"{_DESK}/confirmations", cases.confirmations, name="confirmations"),
    path(f"{_DESK}/<slug:table>.<str:form>", cases.export, name="export"),
    path(f"{_DESK}/messages", log.listing, name="messages"),
    path(f"{_DESK}/messages/<int:message_id>", log.show, name="message"),
    path(f"{_DESK}/messages/<int:message_id>/again", log.again, name="message-again"),
    path(f"{_DESK}/standing", standing.show, name="standing"),
    path(f"{_DESK}/partners", partners.listing, name="partners"),
    path(f"{_DESK}/partners/new", partners.new, name="partner-new"),
    path(f"{_DESK}/partners/<int:partner_id>", partners.change, name="partner"),
    path(f"{_DESK}/partners/<int:partner_id>/key", partners.key, name="partner-key"),
    path(f"{_DESK}/enter", entering.case, name="enter"),
    path(f"{_DESK}/apply/<str:number>", entering.application, name="apply"),
    path(f"{_DESK}/cases/<int:docket_id>", cases.show, name="case"),
    path(f"{_DESK}/cases/<int:docket_id>/<str:deed>", cases.act, name="case-act"),
]
