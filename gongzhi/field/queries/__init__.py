"""Questions about handsets, what goes on them and what they sent."""

from gongzhi.field.queries.package import PARTS, PartOfPackage, manifest, part
from gongzhi.field.queries.receipts import receipts, result_of

__all__ = ["PARTS", "PartOfPackage", "manifest", "part", "receipts", "result_of"]
