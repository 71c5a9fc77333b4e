#!/usr/bin/env python3
"""Compares how long the provider takes over known and unknown addresses, in a running demo.

Start the demo with BOROUGH_LIMITS_ENABLED=no, then run this with the same --data. Standard library
only; it sends wrong passwords and queues mails to made-up addresses.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import re
import secrets
import statistics
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_TOO_MANY = 429
_FORMS: dict[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "sign-in": ("/sign-in", lambda name: {"sign_in_name": name, "password": "not the password"}),
    "sign-up": ("/sign-up", lambda name: {"email": name}),
    "reset": ("/reset-password", lambda name: {"sign_in_name": name}),
}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Times the answer to the form alone, not the page after it."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


@dataclass
class _Browser:
    issuer: str
    path: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)
    unseen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        with urllib.request.build_opener(cookies).open(self.issuer + self.path) as page:
            self.unseen = dict(_HIDDEN.findall(page.read().decode()))
        self._opener = urllib.request.build_opener(cookies, _NoRedirect)

    def seconds(self, answers: dict[str, str]) -> tuple[float, int]:
        """Send the form; return how long the answer took and its status."""
        data = urllib.parse.urlencode({**self.unseen, **answers}).encode()
        began = time.perf_counter()
        try:
            with self._opener.open(self.issuer + self.path, data) as response:
                response.read()
                return time.perf_counter() - began, response.status
        except urllib.error.HTTPError as response:
            response.read()
            return time.perf_counter() - began, response.code


def _measure(issuer: str, form: str, known: str, requests: int) -> dict[str, float]:
    path, answers = _FORMS[form]
    browser = _Browser(issuer, path)
    name, _, domain = known.partition("@")
    taken: dict[str, list[float]] = {"known": [], "unknown": []}
    for kind in _interleaved(requests):
        # Shaped as the known one, so that nothing but its being known differs.
        unknown = f"{secrets.token_hex(32)[: len(name)]}@{domain}"
        seconds, status = browser.seconds(answers(known if kind == "known" else unknown))
        if status == _TOO_MANY:
            sys.exit("The limits are on: start the demo with BOROUGH_LIMITS_ENABLED=no")
        taken[kind].append(seconds)
    return {kind: 1000 * statistics.median(times) for kind, times in taken.items()}


def _interleaved(requests: int) -> Iterator[str]:
    """Yield the kinds in pairs, each in a random order: the worker's rhythm must favour neither."""
    for _pair in range(requests):
        yield from secrets.choice([("known", "unknown"), ("unknown", "known")])


def main() -> None:
    """Print the medians of each form, in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(".demo"), help="the demo's folder")
    parser.add_argument("--requests", type=int, default=200, help="of each kind, for each form")
    arguments = parser.parse_args()
    demo = json.loads((arguments.data / "demo.json").read_text(encoding="utf-8"))
    known = demo["people"][0]["email"]
    print(f"{'':10}{'known':>12}{'unknown':>12}{'difference':>12}")
    for form in _FORMS:
        medians = _measure(demo["issuer"], form, known, arguments.requests)
        difference = medians["known"] - medians["unknown"]
        print(
            f"{form:10}{medians['known']:9.1f} ms{medians['unknown']:9.1f} ms{difference:9.1f} ms"
        )


if __name__ == "__main__":
    main()
