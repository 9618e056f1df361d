from django.urls import path

from gongzhi.oversight.pages import batches, lists, orders, overview, owners, ruling, suggestions

app_name = "oversight"
_DESK = "desk/oversight"

urlpatterns = [
    path(_DESK, overview.show, name="overview"),
    path(f"{_DESK}/orders", orders.listing, name="orders"),
    path(f"{_DESK}/orders/new", orders.new, name="order-new"),
    path(f"{_DESK}/orders/<int:order_id>", orders.show, name="order"),
    path(f"{_DESK}/orders/<int:order_id>/notice.<str:form>", orders.notice, name="order-notice"),
    path(f"{_DESK}/orders/<int:order_id>/<str:deed>", orders.act, name="order-act"),
    path(f"{_DESK}/orders.<str:form>", orders.export, name="orders-export"),
    path(f"{_DESK}/urged", lists.urged, name="urged"),
    path(f"{_DESK}/urged.<str:form>", lists.export_urged, name="urged-export"),
    path(f"{_DESK}/held", lists.held, name="held"),
    path(f"{_DESK}/held.<str:form>", lists.export_held, name="held-export"),
    path(f"{_DESK}/ageing", lists.ageing, name="ageing"),
    path(f"{_DESK}/ageing.<str:form>", lists.export_ageing, name="ageing-export"),
    path(f"{_DESK}/owners", owners.listing, name="owners"),
    path(f"{_DESK}/owners.<str:form>", owners.export, name="owners-export"),
    path(f"{_DESK}/owners/new", owners.new, name="owner-new"),
    path(f"{_DESK}/owners/<int:owned_id>", owners.show, name="owner"),
    path(f"{_DESK}/owners/<int:owned_id>/<str:deed>", owners.act, name="owner-act"),
    path(f"{_DESK}/batches", batches.listing, name="batches"),
    path(f"{_DESK}/batches/found", batches.found, name="batches-found"),
    path(f"{_DESK}/batches/new", batches.new, name="batch-new"),
    path(f"{_DESK}/batches/<int:batch_id>", batches.show, name="batch"),
    path(f"{_DESK}/batches/<int:batch_id>.<str:form>", batches.export, name="batch-export"),
    path(f"{_DESK}/batches/<int:batch_id>/suggest", batches.suggest, name="suggest"),
    path(f"{_DESK}/batches/<int:batch_id>/<str:deed>", batches.act, name="batch-act"),
    path(f"{_DESK}/suggestions", suggestions.listing, name="suggestions"),
    path(f"{_DESK}/suggestions.<str:form>", suggestions.export, name="suggestions-export"),
    path(f"{_DESK}/suggestions/<int:suggestion_id>", suggestions.show, name="suggestion"),
    path(f"{_DESK}/rules", ruling.show, name="rules"),
]
