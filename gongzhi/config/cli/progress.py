"""Tells on the terminal how far a long piece of work is."""

import sys
import time

import click

WIDTH = 24
LONG = 5  # seconds after which a rate says something
SELDOM = 30  # seconds between two lines in a file


class Progress:
    """One line a piece of work; on a terminal it grows in place, in a file a line now and then, and its end."""

    def __init__(self) -> None:
        self.what, self.began, self.drawn, self.first = "", 0.0, 0.0, 0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what != self.what:
            self.what, self.began, self.drawn, self.first = what, now, now - SELDOM + LONG, done
        is_whole = done >= total
        if is_whole:
            self._line(f"{what} … {now - self.began:.0f} s", "\n")
        elif now - self.drawn > (0.2 if sys.stdout.isatty() else SELDOM):
            self.drawn = now
            filled = WIDTH * done // max(total, 1)
            bar = "█" * filled + "░" * (WIDTH - filled)
            pace = self._pace(done, total, now)
            self._line(
                f"{what} {bar} {100 * done // max(total, 1)} %{pace}",
                "" if sys.stdout.isatty() else "\n",
            )

    def _pace(self, done: int, total: int, now: float) -> str:
        """Return rate and time left of a piece that takes a while; what was there before does not count."""
        spent, made = now - self.began, done - self.first
        if spent < LONG or made <= 0:
            return ""
        left = round(spent * (total - done) / made)
        return f"  {made / spent:,.0f}/s  −{left // 60}:{left % 60:02d}"

    def _line(self, text: str, end: str) -> None:
        start = "\r\x1b[K" if sys.stdout.isatty() else ""
        click.echo(f"{start}  {text}{end}", nl=False)
