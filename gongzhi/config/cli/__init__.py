"""
The command line `gongzhi`. One file a subject: running, loading, keeping, doctor.

Texts are translated when the commands are imported, so Django is set up and the language chosen
first. GONGZHI_LANGUAGE chooses it; Chinese is the default.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows "?" instead of ending the command.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]

    import django  # noqa: PLC0415 - the settings must be named first

    django.setup()
    from django.utils import translation  # noqa: PLC0415

    translation.activate(os.environ.get("GONGZHI_LANGUAGE", "zh-hans"))
    from gongzhi.config.cli.commands import gongzhi  # noqa: PLC0415

    gongzhi(prog_name="gongzhi")
