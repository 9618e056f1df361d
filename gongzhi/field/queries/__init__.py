"""Questions about handsets, what goes on them and what they sent."""

from gongzhi.field.queries.lists import (
    HANDSET_STATES,
    RECORD_KINDS,
    RECORD_STATES,
    handset_rows,
    handsets,
    handsets_page,
    may_see_file,
    mediation,
    mediation_rows,
    mediations,
    mediations_page,
    own_handsets,
    places_name,
    record,
    record_rows,
    records,
    records_page,
)
from gongzhi.field.queries.package import PARTS, PartOfPackage, manifest, part
from gongzhi.field.queries.receipts import receipts, result_of
from gongzhi.field.queries.shared import forget

__all__ = [
    "HANDSET_STATES", "PARTS", "RECORD_KINDS", "RECORD_STATES", "PartOfPackage", "forget", "handset_rows", "handsets", "handsets_page",
    "manifest", "may_see_file", "mediation", "mediation_rows", "mediations", "mediations_page", "own_handsets", "part",
    "places_name", "receipts", "record", "record_rows", "records", "records_page", "result_of",
]  # fmt: skip
