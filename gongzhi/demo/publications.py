"""Some hundreds of published matters, a queue that waits, and what readers told of them."""

from collections import Counter
from datetime import datetime, timedelta

from gongzhi.accounts import queries as accounts
from gongzhi.demo.seeds import dice
from gongzhi.matters import queries as matters
from gongzhi.publishing import actions as publishing
from gongzhi.publishing import queries

LOOKED_AT, WAITING = (
    1200,
    60,
)  # newest matters; the rule of their item decides which of them are shown
COPIES = 14  # pictures that get a copy for the public
REASONS = ("涉及邻里纠纷，不宜公开", "照片拍到住户室内", "与已公开的案件重复")
TOLD = (
    ("person", "第一张照片左边能看清人脸"),
    ("wrong", "已经修好了，页面还显示处置中"),
    ("home", "文字里写了门牌"),
)


def show(*, seed: int, at: datetime) -> int:
    """Publish most, withhold a few, leave the newest waiting; return how many there are."""
    ids = matters.newest_ids(most=LOOKED_AT)
    if not ids:
        return 0
    person = accounts.person_by_username("registrar")
    assert person is not None
    chance = dice(seed, "publications")
    past = []
    for place, matter_id in enumerate(ids):
        decided = at - timedelta(minutes=7 * place + chance.randrange(5) + 1)
        if place < WAITING:
            past.append(publishing.Past(matter_id, "waiting", decided))
        elif chance.random() < 0.03:
            past.append(
                publishing.Past(matter_id, "withheld", decided, reason=chance.choice(REASONS))
            )
        else:
            past.append(publishing.Past(matter_id, "published", decided))
    pictures = matters.photos_of_many(ids)
    often = Counter(photo.file_id for photos in pictures.values() for photo in photos)
    chosen = [file_id for file_id, _count in often.most_common(COPIES)]
    count = publishing.copy_history(
        past=past, covered=publishing.copies_of_drawn(file_ids=chosen, at=at),
        by=accounts.actor_for(person.id, at), at=at,
    )  # fmt: skip
    publishing.count_figures(at=at)
    _tell(at=at)
    return count


def _tell(*, at: datetime) -> None:
    rows = queries.open_list(queries.open_filter({}), at=at).rows
    for row, (nature, text) in zip(rows[::3], TOLD, strict=False):
        publishing.tell_problem(public_id=row.public_id, nature=nature, text=text, at=at)
