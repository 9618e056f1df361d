"""How often one visitor may do something: a bucket that refills with time, kept by each process."""

from collections import OrderedDict


class Bucket:
    """Let each key do `burst` things at once and `per_minute` things in the long run."""

    def __init__(self, *, per_minute: float, burst: int, keys: int = 10_000) -> None:
        self.rate = per_minute / 60
        self.burst = burst
        self.keys = keys  # the least recently seen senders are forgotten first
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, *, now: float) -> bool:
        """Tell whether the key may act now (monotonic seconds), and count it if so."""
        level, since = self._levels.pop(key, (float(self.burst), now))
        level = min(self.burst, level + (now - since) * self.rate)
        allowed = level >= 1
        self._levels[key] = (level - 1 if allowed else level, now)
        if len(self._levels) > self.keys:
            self._levels.popitem(last=False)
        return allowed
