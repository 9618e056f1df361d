"""A few published matters by their ids, in the reader's language: for what people keep of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongzhi.places import queries as places
from gongzhi.publishing.lifecycle import State
from gongzhi.publishing.models import Publication
from gongzhi.publishing.queries import words


@dataclass(frozen=True)
class Shown:
    public_id: str
    title: str
    class_code: str
    area_path: str  # no finer than the village
    lon: float | None  # rounded
    lat: float | None
    stage: str
    changed_at: datetime

    @property
    def place(self) -> str:
        return places.full_name(self.area_path)

    @property
    def stage_words(self) -> str:
        return words.stages().get(self.stage, self.stage)

    @property
    def url(self) -> str:
        return f"/matters/{self.public_id}"


def shown(public_ids: Iterable[str]) -> dict[str, Shown]:
    """Return what is published now of these; what was withdrawn is absent. One statement."""
    rows = Publication.objects.filter(state=State.PUBLISHED, public_id__in=list(public_ids))
    columns = (
        "public_id",
        "title",
        "class_code",
        "shown_path",
        "lon",
        "lat",
        "stage",
        "changed_at",
    )
    return {row[0]: Shown(*row) for row in rows.values_list(*columns)}
