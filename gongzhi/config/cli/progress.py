"""Tells on the terminal how far a long piece of work is."""

import sys
import time

import click

WIDTH = 24


class Progress:
    """One line a piece of work; on a terminal it grows in place, in a file only its end is written."""

    def __init__(self) -> None:
        self.what, self.began, self.drawn = "", 0.0, 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what != self.what:
            self.what, self.began, self.drawn = what, now, 0.0
        is_whole = done >= total
        if is_whole:
            self._line(f"{what} … {now - self.began:.0f} s", "\n")
        elif sys.stdout.isatty() and now - self.drawn > 0.2:
            self.drawn = now
            filled = WIDTH * done // max(total, 1)
            bar = "█" * filled + "░" * (WIDTH - filled)
            self._line(f"{what} {bar} {100 * done // max(total, 1)} %", "")

    def _line(self, text: str, end: str) -> None:
        start = "\r\x1b[K" if sys.stdout.isatty() else ""
        click.echo(f"{start}  {text}{end}", nl=False)
