"""Who could mediate at a place: bodies and their mediators, the fitting ones first."""

from datetime import date

from django.db.models import Q

from gongzhi.mediators.models import Body, Mediator


def bodies_for(area_path: str, *, kind_code: str = "", body_kind: str = "") -> list[Body]:
    """
    Return the bodies at work that cover a place or lie in its town.

    First those of the specialist kind, then those with the expertise, then the nearest.
    """
    parts = area_path.strip("/").split("/")
    above = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]
    covering = Q(area_path__in=above) | Q(area_path="")
    if len(parts) > 1:
        covering |= Q(area_path__startswith=above[1])
    found = list(Body.objects.filter(covering, is_active=True).select_related("unit"))
    top = kind_code.split(".", maxsplit=1)[0]

    def rank(body: Body) -> tuple[bool, bool, bool, int, int]:
        fits = body.kind == body_kind and (not body.expertise or top in body.expertise)
        covers = area_path.startswith(body.area_path)
        return (not (body_kind and fits), top not in body.expertise, not covers, -len(body.area_path), body.id)  # fmt: skip

    return sorted(found, key=rank)


def mediators_for(body: Body, *, on: date, kind_code: str = "") -> list[Mediator]:
    """Return the mediators in office of a body and of those below it, the experts first."""
    in_office = Q(left_on__isnull=True) & (Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=on))
    found = Mediator.objects.filter(in_office, Q(body=body) | Q(body__under=body))
    top = kind_code.split(".", maxsplit=1)[0]
    return sorted(
        found.select_related("body"),
        key=lambda one: (one.body_id != body.id, top not in one.expertise, one.id),
    )


def public_mediators_for(area_path: str, *, on: date) -> list[Mediator]:
    """Return the mediators of the public directory at a place: the sides may choose any of them."""
    bodies = [body.id for body in bodies_for(area_path)]
    in_office = Q(left_on__isnull=True) & (Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=on))
    found = Mediator.objects.filter(in_office, is_public=True, body_id__in=bodies)
    return list(found.select_related("body").order_by("body__name", "name", "id"))
