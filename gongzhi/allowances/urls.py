from django.urls import include, path

from gongzhi.allowances.pages import desk, money, own, services

pages = [
    path("allowances", own.publicity, name="publicity"),
    path("allowances/<int:allowance_id>/object", own.object_to, name="object"),
    path("desk/allowances", desk.listing, name="listing"),
    path("desk/allowances/table.<str:form>", desk.export, name="export"),
    path("desk/allowances/decide", desk.decide, name="decide"),
    path("desk/allowances/my", own.mine, name="mine"),
    path("desk/allowances/my/<int:mediator_id>", own.account, name="account"),
    path("desk/allowances/rules", money.rules, name="rules"),
    path("desk/allowances/rules/<int:set_id>.<str:form>", money.rules_file, name="rules-file"),
    path("desk/allowances/budgets", money.budgets, name="budgets"),
    path("desk/allowances/batches", money.batches, name="batches"),
    path("desk/allowances/batches/<int:batch_id>", money.batch, name="batch"),
    path(
        "desk/allowances/batches/<int:batch_id>/file.<str:form>",
        money.batch_file,
        name="batch-file",
    ),
    path(
        "desk/allowances/batches/<int:batch_id>/take-out/<int:allowance_id>",
        money.take_out,
        name="take-out",
    ),
    path("desk/allowances/batches/<int:batch_id>/freeze", money.freeze, name="freeze"),
    path("desk/allowances/batches/<int:batch_id>/paid", money.mark_paid, name="paid"),
    path("desk/allowances/<int:allowance_id>", desk.allowance, name="allowance"),
    path(
        "desk/allowances/<int:allowance_id>/objections/<int:objection_id>",
        desk.answer,
        name="answer",
    ),
    path("desk/services", services.listing, name="services"),
    path("desk/services/table.<str:form>", services.export, name="services-export"),
    path("desk/services/<int:contract_id>", services.contract, name="contract"),
    path(
        "desk/services/<int:contract_id>/statement",
        services.write_statement,
        name="write-statement",
    ),
    path(
        "desk/services/statements/<int:statement_id>.<str:form>",
        services.statement,
        name="statement",
    ),
]

urlpatterns = [path("", include((pages, "allowances")))]
