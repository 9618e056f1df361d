"""The name a file came with, made harmless. It is shown, never used to find or open anything."""

import re
import unicodedata

LONGEST = 120
_SEPARATORS = re.compile(r"[\\/]")


def clean_name(name: str, *, suffix: str) -> str:
    """Return the last part of the name without control or direction marks, ending as the content does."""
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    # Direction marks (category Cf) make "gpj.exe" read as "exe.jpg".
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem = kept.rpartition(".")[0] or kept
    stem = re.sub(r"[<>:\"|?*]+", "_", stem).strip(" .")[: LONGEST - len(suffix) - 1]
    return f"{stem or 'file'}.{suffix}"
