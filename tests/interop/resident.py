"""A resident without a browser: follows redirects and fills in forms over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self, TypeVar

import httpx

_MOST_STEPS = 20
# What is pressed about sharing; the page after a refusal asks nothing more: its form goes as it is.
_SHARE = ({"decision": "share"},)
_REFUSE = ({"decision": "refuse"}, {"step": ""})

_Arrived = TypeVar("_Arrived")


@dataclass
class _Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, list[str]] = field(default_factory=dict)

    def asks(self, name: str) -> bool:
        return name in self.fields or name in self.buttons


class _Forms(HTMLParser):
    """Collects every form that is posted, with what it carries unseen."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Form] = []

    @classmethod
    def of(cls, page: httpx.Response) -> list[_Form]:
        parser = cls()
        parser.feed(page.text)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(_Form(named.get("action", "")))
        elif self.found and named.get("name"):
            self._control(tag, named)

    def _control(self, tag: str, named: dict[str, str]) -> None:
        form, name, value = self.found[-1], named["name"], named.get("value", "")
        if tag == "input" and named.get("type") not in {"submit", "checkbox", "radio"}:
            form.fields[name] = value
        elif tag in {"input", "button"}:
            form.buttons.setdefault(name, []).append(value)


class Resident:
    """One browser's cookies, and the person who signs in with it."""

    def __init__(
        self,
        sign_in_name: str,
        password: str,
        *,
        shares: bool = True,
        http: httpx.Client | None = None,
    ) -> None:
        self._answers = (
            {"sign_in_name": sign_in_name, "password": password},
            *(_SHARE if shares else _REFUSE),
        )
        self._http = http or httpx.Client(timeout=30)
        self.steps: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._http.close()

    def get(self, url: str) -> httpx.Response:
        """Open one address with this browser's cookies, following nothing."""
        return self._http.get(url)

    def travel(self, url: str, until: str) -> str:
        """Open an address, go wherever it leads, sign in and answer on the way.

        Returns the first address that begins with `until`, unopened.
        """

        def arrived(page: httpx.Response) -> str | None:
            target = _target(page)
            return target if target.startswith(until) else None

        return self._go(url, arrived)

    def carry(self, url: str, to: str) -> dict[str, str]:
        """Do the same up to a form that posts itself to an address; return what it would post."""

        def arrived(page: httpx.Response) -> dict[str, str] | None:
            return next((form.fields for form in _Forms.of(page) if form.action == to), None)

        return self._go(url, arrived)

    def _go(self, url: str, arrived: Callable[[httpx.Response], _Arrived | None]) -> _Arrived:
        page = self._http.get(url)
        for _ in range(_MOST_STEPS):
            found = arrived(page)
            if found is not None:
                return found
            target = _target(page)
            page = self._http.get(target) if target else self._answer(page)
        message = f"Still going round after {_MOST_STEPS} steps: {self.steps}"
        raise AssertionError(message)

    def _answer(self, page: httpx.Response) -> httpx.Response:
        for form in _Forms.of(page):
            for answer in self._answers:
                if all(form.asks(name) for name in answer):
                    self.steps.append(page.url.path)
                    target = page.url.join(form.action)
                    typed = {name: value for name, value in answer.items() if value}
                    # As browsers do; over https a form from nowhere is refused.
                    origin = {"Origin": f"{page.url.scheme}://{page.url.netloc.decode()}"}
                    return self._http.post(target, data=form.fields | typed, headers=origin)
        message = f"{page.url} ({page.status_code}) asks nothing that this resident can answer."
        raise AssertionError(message)


def _target(page: httpx.Response) -> str:
    """Return where a redirect leads to, or nothing."""
    return str(page.url.join(page.headers["location"])) if page.has_redirect_location else ""
