from django.urls import path

from gongzhi.incidents.pages import desk, filing

urlpatterns = [
    path("desk/report", filing.file, name="file-matter"),
    path("desk/report/items", filing.items, name="file-matter-items"),
    path("desk/report/hints", filing.hints, name="file-matter-hints"),
    path("desk/level", desk.show, name="level-desk"),
    path("desk/level/transfers", desk.transfers, name="transfers"),
    path("desk/level/transfers.<str:form>", desk.export_transfers, name="transfers-export"),
    path("desk/level/transfers/<int:transfer_id>", desk.transfer, name="transfer"),
    path("desk/level/objections", desk.objections, name="objections"),
    path("desk/level/objections.<str:form>", desk.export_objections, name="objections-export"),
    path("setup/dispatch", filing.policies, name="dispatch-policies"),
]
