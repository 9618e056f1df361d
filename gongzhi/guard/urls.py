from django.urls import path

from gongzhi.guard.pages import blocked, blocks

urlpatterns = [
    path("blocked", blocked.blocked, name="blocked"),
    path("setup/blocks", blocks.block_list, name="blocks"),
    path("setup/blocks/blocks.csv", blocks.export, {"form": "csv"}, name="blocks_csv"),
    path("setup/blocks/blocks.xlsx", blocks.export, {"form": "xlsx"}, name="blocks_xlsx"),
    path("setup/blocks/new", blocks.new, name="block_new"),
    path("setup/blocks/reasons", blocks.reasons, name="block_reasons"),
    path("setup/blocks/<slug:reference>", blocks.block, name="block"),
    path("setup/blocks/<slug:reference>/lift", blocks.lift, name="block_lift"),
    path(
        "setup/blocks/<slug:reference>/appeals/<int:appeal_id>", blocks.answer, name="appeal_answer"
    ),
]
