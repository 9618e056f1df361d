"""Facts on their way from the database into the lake, as Arrow tables."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from pyarrow import csv

from gongzhi.accounts import queries as accounts
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks import queries as clocks
from gongzhi.figures import queries as figures
from gongzhi.insight.queries.expressions.tables import FACTS
from gongzhi.matters import queries as matters

KINDS = {
    "int64": pa.int64(), "int16": pa.int16(), "string": pa.string(), "boolean": pa.bool_(), "float64": pa.float64(),
    "timestamp": pa.timestamp("us"), "date": pa.date32(),
}  # fmt: skip
OTHER_NAMES = {"matter_id": "matter", "item_id": "item"}
READ_AS = {
    name: KINDS["int64" if name == "item_id" else FACTS[OTHER_NAMES.get(name, name)]]
    for name in figures.COPIED
}
EMPTY = pa.table({name: pa.array([], READ_AS[name]) for name in figures.COPIED})


def facts_between(first: date, last: date) -> pa.Table:
    return _facts(figures.copy_facts_between(first, last))


def facts_of(matter_ids: Sequence[int]) -> pa.Table:
    return _facts(figures.copy_facts_of(matter_ids))


def _facts(blocks: Iterable[bytes]) -> pa.Table:
    content = b"".join(blocks)
    read = _read(content) if content else EMPTY
    items = read["item_id"]
    codes = {item: _code(item) for item in pc.unique(items).to_pylist()}
    month = pc.add(
        pc.multiply(pc.year(read["reported_on"]), 12), pc.subtract(pc.month(read["reported_on"]), 1)
    )
    columns = {OTHER_NAMES.get(name, name): read[name] for name in read.column_names}
    columns["item"] = pa.array([codes[item] for item in items.to_pylist()], pa.string())
    columns["month"] = month.cast(pa.int16())
    return pa.table({name: columns[name] for name in FACTS})


def _read(content: bytes) -> pa.Table:
    return csv.read_csv(
        io.BytesIO(content),
        read_options=csv.ReadOptions(column_names=list(READ_AS), block_size=8 << 20),
        convert_options=csv.ConvertOptions(
            column_types=READ_AS, true_values=["t"], false_values=["f"], null_values=[""],
            strings_can_be_null=False,
        ),
    )  # fmt: skip


def _code(item_id: int | None) -> str:
    try:
        return catalogue.item(item_id).code if item_id else ""
    except ObjectDoesNotExist:
        return ""  # an item the catalogue no longer knows: the matter counts, its item has no name


def hops_of(matter_ids: Sequence[int], months: dict[int, int]) -> pa.Table:
    """Return how these matters were sent back and passed on."""
    units = {row.name: row.id for row in accounts.units_by_code().values()}
    found = list(matters.passes(matter_ids, units=units)) if matter_ids else []
    return pa.table(
        {
            "matter": pa.array([one.matter_id for one in found], pa.int64()),
            "month": pa.array([months[one.matter_id] for one in found], pa.int16()),
            "at": pa.array(
                [timezone.localtime(one.at).replace(tzinfo=None) for one in found],
                pa.timestamp("us"),
            ),
            "from_unit": pa.array([one.from_unit for one in found], pa.int64()),
            "to_unit": pa.array([one.to_unit for one in found], pa.int64()),
        }
    )


def service_days(first: date, last: date) -> pa.Table:
    """Return the service hours of the city's calendar, day by day; a third stretch of a day is joined to the second."""
    compiled, before = clocks.calendar(), 0
    rows: dict[str, list[object]] = {
        name: [] for name in ("day", "before", "opens", "closes", "reopens", "recloses")
    }
    for day in _days(first, last):
        hours = [*compiled.hours_on(day), (0, 0), (0, 0)]
        (opens, closes), (reopens, recloses) = hours[0], hours[1]
        for name, value in zip(rows, (day, before, opens, closes, reopens, recloses), strict=True):
            rows[name].append(value)
        before += sum(end - start for start, end in hours[:2])
    kinds = {"day": pa.date32()}
    return pa.table(
        {name: pa.array(column, kinds.get(name, pa.int64())) for name, column in rows.items()}
    )


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
