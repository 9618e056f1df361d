"""The city's virus scanner: any command that is given a path and exits with 0 when it finds nothing."""

import logging
import shlex
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

SECONDS = 30
_log = logging.getLogger(__name__)


def is_harmless(content: bytes) -> bool:
    """Ask the scanner; True without one. A scanner that fails or hangs counts as a warning."""
    command = shlex.split(settings.VIRUS_SCANNER)
    if not command:
        return True
    with tempfile.NamedTemporaryFile(prefix="upload-") as file:
        file.write(content)
        file.flush()
        Path(file.name).chmod(0o644)  # scanners run as a user of their own
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own command, no shell
                [*command, file.name], capture_output=True, timeout=SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            _log.error("virus scanner failed: %s", error)
            return False
    if done.returncode != 0:
        _log.warning(
            "virus scanner refused an upload: %s", done.stdout.decode(errors="replace")[:500]
        )
    return done.returncode == 0
