"""A resident without a browser: follows redirects and fills in forms over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self, TypeVar

import httpx

_MOST_STEPS = 20
# What is pressed about sharing and about devices; a form goes as it is where nothing is typed: a
# device's code came with its link, and the page after a refusal asks nothing more.
_LET = ({"decision": "share"}, {"decision": "allow"}, {"user_code": ""})
_REFUSE = ({"decision": "refuse"}, {"user_code": ""}, {"step": ""})

_Arrived = TypeVar("_Arrived")


@dataclass
class _Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, list[str]] = field(default_factory=dict)

    def takes(self, name: str, value: str) -> bool:
        return name in self.fields or value in self.buttons.get(name, ())


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
            *(_LET if shares else _REFUSE),
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

    def post(self, url: str) -> httpx.Response:
        """Send an empty form to one address with this browser's cookies, following nothing."""
        return self._http.post(url)

    def sign_out(self, issuer: str, *, id_token_hint: str) -> None:
        """Sign out of everything, from a service that stays where it is."""
        page = self._http.get(f"{issuer}/logout", params={"id_token_hint": id_token_hint})
        assert page.status_code == httpx.codes.OK, page.text

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
                if all(form.takes(*part) for part in answer.items()):
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
