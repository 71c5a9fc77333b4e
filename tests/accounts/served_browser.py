"""A browser without scripts at a served provider, for what many requests do at once."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any, Self

import httpx

from tests.serving.provider import Served

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class ServedBrowser:
    """Keeps cookies and fills in what a page's forms carry unseen."""

    def __init__(self, served: Served) -> None:
        self._http = httpx.Client(base_url=served.issuer, timeout=60, follow_redirects=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._http.close()

    def get(self, address: str) -> httpx.Response:
        """Open a page, following redirects."""
        return self._http.get(address)

    def fill_in(self, page: httpx.Response, **answers: str) -> httpx.Response:
        """Send the page's form with these answers."""
        return self._http.post(page.url, data={**_unseen(page), **answers})

    def send(self, page: httpx.Response, address: str, **answers: str) -> httpx.Response:
        """Send the answers to another address, as by a button of the page."""
        return self._http.post(address, data={**_unseen(page), **answers})

    def ask(self, page: httpx.Response, address: str, **answers: str) -> dict[str, Any]:
        """Send the page's form where its script sends it first, and return what that is told."""
        told: dict[str, Any] = self._http.post(address, data={**_unseen(page), **answers}).json()
        return told

    def fill_in_at_once(
        self, page: httpx.Response, times: int, **answers: str
    ) -> list[httpx.Response]:
        """Send the page's form many times, all at the same moment, from this browser."""
        cookies = dict(self._http.cookies)
        data = {**_unseen(page), **answers}

        def send(_number: int) -> httpx.Response:
            with httpx.Client(cookies=cookies, timeout=60) as client:
                together.wait()
                return client.post(page.url, data=data)

        together = Barrier(times)
        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(send, range(times)))


def at_once(*acts: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """Do different things at the same moment."""
    together = Barrier(len(acts))

    def act(number: int) -> httpx.Response:
        together.wait()
        return acts[number]()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, range(len(acts))))


@contextmanager
def browsers(served: Served, number: int) -> Iterator[list[ServedBrowser]]:
    """Yield as many browsers, each with cookies of its own."""
    opened = [ServedBrowser(served) for _browser in range(number)]
    try:
        yield opened
    finally:
        for browser in opened:
            browser.__exit__()


def _unseen(page: httpx.Response) -> dict[str, str]:
    assert page.status_code == httpx.codes.OK, f"{page.url}: {page.status_code}"
    return dict(_HIDDEN.findall(page.text))
