from gongzhi.places.models.areas import Area, AreaShape, Edition
from gongzhi.places.models.imports import Import
from gongzhi.places.models.premises import Grade, Kind, Premises, SearchText, Status, Where

__all__ = [
    "Area",
    "AreaShape",
    "Edition",
    "Grade",
    "Import",
    "Kind",
    "Premises",
    "SearchText",
    "Status",
    "Where",
]
