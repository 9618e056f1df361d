"""What a signature is tied to: the exact words that were read."""

import hashlib
import json


def digest_of(*parts: str) -> str:
    """Return the fingerprint of a text in parts; another cut of the same letters is another text."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
