"""The one way in: tell the kind by content, hold it to its limit, return what may be kept."""

from datetime import datetime, tzinfo

from gongzhi.files.rules.documents import clean_pdf
from gongzhi.files.rules.kinds import HEAD, Clean, Kind, Limit, Problem, Unusable, kind_of
from gongzhi.files.rules.media import clean_media
from gongzhi.files.rules.photos import clean_photo


def inspect(content: bytes, *, limits: dict[Kind, Limit], zone: tzinfo, before: datetime) -> Clean:
    """Return the clean file; Unusable with its reason otherwise."""
    kind, content_type = kind_of(content[:HEAD])
    if len(content) > limits[kind].bytes:
        raise Unusable(Problem.TOO_LARGE, kind=kind, limit=limits[kind].bytes)
    if kind == Kind.PHOTO:
        return clean_photo(content, limit=limits[kind], zone=zone, before=before)
    if kind == Kind.PDF:
        return clean_pdf(content)
    return clean_media(content, kind=kind, content_type=content_type, limits=limits)
