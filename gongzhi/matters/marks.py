"""What a matter is found by beside its words and its units: marks in one index, which finds all of them together."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Q, TextField

# Stretches of the register by id, each kind so many binary digits long: a search looks at the newest first.
FINE, MIDDLE, COARSE = ("a", 12), ("b", 16), ("c", 19)
VILLAGE = "^[^/]+/[^/]+/[^/]+/"  # the path's first three levels


class Marks(Func):
    """
    The marks of a matter, as an expression that the index `matter_found` holds.

    The town, the village and the grid as paths, the item, and the stretches of ids it lies in.
    """

    output_field = ArrayField(TextField())

    def __init__(self) -> None:
        super().__init__("district", "area_path", "item", "id")

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        district, path, item, id_ = (
            compiler.compile(column)[0] for column in self.get_source_expressions()
        )
        marks = [
            f"{district}::text", f"substring({path}::text from '{VILLAGE}')", f"{path}::text", f"'i' || {item}::text",
            *(f"'{letter}' || ({id_} >> {digits})::text" for letter, digits in (FINE, MIDDLE, COARSE)),
        ]  # fmt: skip
        return f"ARRAY[{', '.join(marks)}]", []


def of_item(item_id: int) -> str:
    return f"i{item_id}"


def of_stretches(kind: tuple[str, int], first: int, count: int) -> list[str]:
    """Return the marks of stretches that follow one another, beginning with the first."""
    return [f"{kind[0]}{number}" for number in range(first, first + count)]


def having(marks: Sequence[str]) -> Q:
    """Return the condition on rows with the alias `marks`: all of these are among them."""
    return Q(marks__contains=list(marks))
