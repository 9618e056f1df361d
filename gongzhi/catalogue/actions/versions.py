"""Items get versions here, one or five hundred at a time; no version in force is ever changed."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Max, Q

from gongzhi.base.actor import Actor
from gongzhi.catalogue.models import Edition, Item, Question, Standard
from gongzhi.catalogue.queries import forget
from gongzhi.catalogue.rules.drafts import ItemDraft

_PLAIN = [f.name for f in fields(ItemDraft) if f.name not in {"standards", "questions"}]


def new_edition() -> None:
    """Tell every process that the catalogue changed; belongs at the end of the transaction."""
    Edition.objects.update_or_create(pk=1, defaults={"token": uuid4()})
    forget()
    transaction.on_commit(forget)


def put(drafts: Sequence[ItemDraft], *, valid_from: date, actor: Actor, at: datetime) -> None:
    """Write each draft as the next version of its item; the version before ends the same day."""
    codes = [draft.code for draft in drafts]
    last = dict(
        Item.objects.filter(code__in=codes).values_list("code").annotate(last=Max("version"))
    )
    Item.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), code__in=codes
    ).update(valid_to=valid_from)
    items = Item.objects.bulk_create(
        _item(draft, last.get(draft.code, 0) + 1, valid_from, actor, at) for draft in drafts
    )
    Standard.objects.bulk_create(_standards(zip(items, drafts, strict=True)))
    Question.objects.bulk_create(_questions(zip(items, drafts, strict=True)))


def _item(draft: ItemDraft, version: int, valid_from: date, actor: Actor, at: datetime) -> Item:
    values = {name: getattr(draft, name) for name in _PLAIN}
    values["synonyms"] = list(draft.synonyms)
    return Item(
        **values, version=version, valid_from=valid_from, created_at=at, created_by=actor.name
    )


def _standards(pairs: Iterable[tuple[Item, ItemDraft]]) -> list[Standard]:
    return [
        Standard(item=item, number=number, **vars(standard))
        for item, draft in pairs
        for number, standard in enumerate(draft.standards, start=1)
    ]


def _questions(pairs: Iterable[tuple[Item, ItemDraft]]) -> list[Question]:
    return [
        Question(item=item, number=number, **(vars(question) | {"choices": list(question.choices)}))
        for item, draft in pairs
        for number, question in enumerate(draft.questions, start=1)
    ]
