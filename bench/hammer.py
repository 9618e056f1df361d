"""POSTs from several connections at once."""

import http.client
import threading
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

CLIENTS, SECONDS = 8, 10
CSRF = "b" * 32


def hammer(
    address: str,
    requests: Iterator[tuple[str, dict[str, str]]],
    *,
    cookies: dict[str, str],
    seconds: int,
) -> float:
    """POST from CLIENTS connections for so many seconds; return how many a second succeeded."""
    place, lock, done = urlsplit(address), threading.Lock(), [0] * CLIENTS
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        while time.monotonic() < until:
            with lock:
                path, fields = next(requests, ("", {}))
            if not path:
                return
            answer = _post(line, path, fields, cookies)
            if answer not in {200, 204, 302, 303}:
                raise RuntimeError(f"{path} answered {answer}")
            done[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - started)


def _post(
    line: http.client.HTTPConnection, path: str, fields: dict[str, str], cookies: dict[str, str]
) -> int:
    jar = {"csrftoken": CSRF} | cookies
    line.request(
        "POST", path, urlencode(fields | {"csrfmiddlewaretoken": CSRF}),
        {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "; ".join(f"{k}={v}" for k, v in jar.items())},
    )  # fmt: skip
    answer = line.getresponse()
    answer.read()
    return answer.status


def cookies_of(address: str, username: str) -> dict[str, str]:
    """Sign in over HTTP; return the session's cookie."""
    from gongzhi.demo.queries import PASSWORD  # noqa: PLC0415 - Django is set up by the caller

    place = urlsplit(address)
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    line.request(
        "POST", "/sign-in", urlencode({"username": username, "password": PASSWORD, "csrfmiddlewaretoken": CSRF}),
        {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={CSRF}"},
    )  # fmt: skip
    answer = line.getresponse()
    answer.read()
    jar = SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie") or []))
    return {name: morsel.value for name, morsel in jar.items() if name != "csrftoken"}
