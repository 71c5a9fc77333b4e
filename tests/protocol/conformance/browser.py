"""A browser without JavaScript: it keeps cookies, goes where it is sent, and fills in forms."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

import httpx

from tests.protocol.conformance.site import Received, Site
from tests.protocol.forms import Form, forms

_MOST_STEPS = 20


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    sign_in_name: str
    password: str


@dataclass(frozen=True)
class Stop:
    """Where a way ended: on a page of the provider's, or at the relying party.

    `pressed` are the buttons on the way, `pages` what was read before each of them, `pictures` what
    those pages showed.
    """

    page: httpx.Response
    arrived: Received | None
    pressed: list[str]
    pages: list[httpx.Response]
    pictures: list[httpx.Response]

    @property
    def callback(self) -> Received:
        """What the relying party was told."""
        assert self.arrived, f"{self.page.status_code} {self.page.url.path}: {heading(self.page)}"
        return self.arrived

    def page_before(self, button: str) -> httpx.Response:
        """Return the page on which this button was pressed."""
        return self.pages[self.pressed.index(button)]


@dataclass
class Browser:
    """One browser and the person at it, who signs in and shares what they are asked for."""

    http: httpx.Client
    issuer: str
    site: Site
    person: Person
    # Of a page's buttons, those that stop the way: the person leaves them to the test.
    stops_at: str = ""
    _pressed: list[str] = field(default_factory=list)
    _pages: list[httpx.Response] = field(default_factory=list)
    _pictures: list[httpx.Response] = field(default_factory=list)

    def open(self, address: str) -> Stop:
        """Open an address and go on until a page asks nothing that the person can answer."""
        return self._walk(self.http.get(address))

    def post_from_elsewhere(self, address: str, values: dict[str, str]) -> Stop:
        """Send a form of another site's: cookies stay behind, as SameSite=Lax wants it."""
        kept = httpx.Cookies(self.http.cookies)
        self.http.cookies.clear()
        answer = self.http.post(address, data=values, headers={"Origin": self.site.origin})
        kept.update(self.http.cookies)
        self.http.cookies = kept
        return self._walk(answer)

    def press(self, page: httpx.Response, button: str) -> Stop:
        """Press one button of a page, and go on."""
        return self._walk(self._submit(page, _with(page, button), button))

    def open_frames(self, page: httpx.Response) -> list[httpx.Response]:
        """Load the frames of a page."""
        frames = re.findall(r'<iframe[^>]*\ssrc="([^"]+)"', page.text)
        return [self.http.get(unescape(frame)) for frame in frames]

    def link(self, page: httpx.Response, name: str) -> str:
        """Return where the link with this id leads."""
        found = re.search(rf'<a[^>]*href="([^"]+)"[^>]*\sid="{name}"', page.text) or re.search(
            rf'<a[^>]*\sid="{name}"[^>]*href="([^"]+)"', page.text
        )
        assert found, page.text
        return urljoin(str(page.url), unescape(found[1]))

    def _walk(self, answer: httpx.Response) -> Stop:
        self._pressed, self._pages, self._pictures = [], [], []
        for _step in range(_MOST_STEPS):
            if str(answer.url).startswith(self.site.origin):
                arrived = self.site.received(answer.url.path)[-1]
                return self._stop(answer, arrived)
            if answer.has_redirect_location:
                assert answer.status_code in {302, 303}
                answer = self.http.get(urljoin(str(answer.url), answer.headers["location"]))
            elif (button := _button(answer)) and button != self.stops_at:
                answer = self._submit(answer, _with(answer, button), button)
            else:
                return self._stop(answer)
        message = f"Going round: {self._pressed}"
        raise AssertionError(message)

    def _stop(self, answer: httpx.Response, arrived: Received | None = None) -> Stop:
        return Stop(answer, arrived, self._pressed, self._pages, self._pictures)

    def _submit(self, page: httpx.Response, form: Form, button: str) -> httpx.Response:
        assert form.method == "post"
        self._pressed.append(button)
        self._pages.append(page)
        for source in re.findall(r'<img[^>]*\ssrc="([^"]+)"', page.text):
            self._pictures.append(self.http.get(urljoin(str(page.url), unescape(source))))
        values = form.values | form.buttons[button]
        if button == "sign-in":
            values["password"] = self.person.password
            if "sign_in_name" in values:
                values["sign_in_name"] = self.person.sign_in_name
        from_here = {"Origin": self.issuer, "Referer": str(page.url)}
        address = urljoin(str(page.url), form.action) if form.action else str(page.url)
        return self.http.post(address, data=values, headers=from_here)


def _button(page: httpx.Response) -> str | None:
    found = {button for form in forms(page.text) for button in form.buttons}
    return next((one for one in ("sign-in", "share", "continue") if one in found), None)


def _with(page: httpx.Response, button: str) -> Form:
    (form,) = (form for form in forms(page.text) if button in form.buttons)
    return form


def heading(page: httpx.Response) -> str:
    """Return the page's h1 as text."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def is_error_page(stop: Stop) -> bool:
    """Say whether a request ended on the provider's page about a service's mistake, and there."""
    assert stop.arrived is None
    assert not stop.page.has_redirect_location
    assert not forms(stop.page.text)
    asked = heading(stop.page) == "There is a problem with the service you came from"
    return stop.page.status_code == 400 and asked
