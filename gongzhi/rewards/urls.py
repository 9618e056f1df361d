from django.urls import path

from gongzhi.rewards.pages import desk, money, resident

urlpatterns = [
    path("rewards", resident.rules, name="rewards"),
    path("rewards/<str:number>", resident.award, name="own_award"),
    path("desk/rewards", desk.award_list, name="awards"),
    path("desk/rewards/awards.csv", desk.export, {"form": "csv"}, name="awards_csv"),
    path("desk/rewards/awards.xlsx", desk.export, {"form": "xlsx"}, name="awards_xlsx"),
    path("desk/rewards/decide", desk.decide, name="decide_awards"),
    path("desk/rewards/rules", money.rules, name="reward_rules"),
    path("desk/rewards/budgets", money.budgets, name="reward_budgets"),
    path("desk/rewards/batches", money.batches, name="reward_batches"),
    path("desk/rewards/batches/<int:batch_id>", money.batch, name="reward_batch"),
    path(
        "desk/rewards/batches/<int:batch_id>/file.<str:form>",
        money.batch_file,
        name="reward_batch_file",
    ),
    path(
        "desk/rewards/batches/<int:batch_id>/take-out/<int:award_id>",
        money.take_out,
        name="reward_take_out",
    ),
    path("desk/rewards/batches/<int:batch_id>/freeze", money.freeze, name="reward_freeze"),
    path("desk/rewards/batches/<int:batch_id>/paid", money.mark_paid, name="reward_mark_paid"),
    path("desk/rewards/<int:award_id>", desk.award, name="award"),
    path(
        "desk/rewards/<int:award_id>/objections/<int:objection_id>",
        desk.answer,
        name="answer_objection",
    ),
]
