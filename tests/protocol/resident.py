"""A resident's browser between a service and the provider's pages: Django's own test client."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from accounts.assurance import Method
from accounts.audit.actor import SYSTEM
from accounts.models import Account, Session
from accounts.security.cookies import STAFF
from accounts.sessions import operations as sessions
from accounts.sessions.cookies import holding
from clients.models import Application
from tests import factories
from tests.factories import PASSWORD, REDIRECT_URI, people
from tests.protocol.forms import forms

# What Django's client answers with has attributes that its types do not show.
Response = Any
SCOPES = "openid profile email"
FORM = "application/x-www-form-urlencoded"


def parameters(application: Application, **changes: str | None) -> dict[str, str]:
    """Return a good authorization request, with changes; None leaves a parameter out."""
    good = {
        "client_id": application.client_id,
        "response_type": "code",
        "redirect_uri": REDIRECT_URI,
        "scope": SCOPES,
        "state": "state-1",
        "nonce": "nonce-1",
        "code_challenge": factories.challenge(),
        "code_challenge_method": "S256",
    }
    return {name: text for name, text in {**good, **changes}.items() if text is not None}


@dataclass
class Resident:
    """One browser; keeps cookies and sends forms as a browser does, CSRF token and all."""

    client: Client = field(
        default_factory=lambda: Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    )

    def sign_in(
        self, account: Account, *methods: Method, replaces: Session | None = None, **proven: Any
    ) -> Session:
        """Sign the account in, in this browser: by a password unless told otherwise."""
        proofs = people.proven(*methods, **proven)
        started = sessions.start(account=account, proven=proofs, replaces=replaces, by=SYSTEM)
        cookie = STAFF if account.is_staff else holding(account.test_group)
        self.client.cookies[cookie.name] = started.cookie_value
        return started.session

    def ask(self, application: Application, **changes: str | None) -> Response:
        """Come from the service with an authorization request, and follow our own redirects."""
        query = urlencode(parameters(application, **changes))
        return self.follow(self.client.get(f"/authorize?{query}"))

    def get(self, address: str) -> Response:
        """Open an address of ours, and follow our own redirects."""
        return self.follow(self.client.get(address))

    def press(self, page: Response, button: str, **typed: str) -> Response:
        """Send the form that has this button, and follow our own redirects."""
        return self.follow(self.send(page, button, **typed))

    def send(self, page: Response, button: str, **typed: str) -> Response:
        """Send the form that has this button, and return what it answers itself."""
        found = [form for form in forms(page.content.decode()) if button in form.buttons]
        assert len(found) == 1, f"{len(found)} forms with a button {button}"
        form = found[0]
        address = form.action or _address(page)
        return self.submit(address, {**form.values, **form.buttons[button], **typed})

    def submit(self, address: str, values: dict[str, str]) -> Response:
        """Send a form, as the encoding that forms have unless they say otherwise."""
        return self.client.post(address, urlencode(values), content_type=FORM)

    def password(self, page: Response, account: Account) -> Response:
        """Fill in the sign-in page."""
        return self.press(page, "sign-in", sign_in_name=account.sign_in_name, password=PASSWORD)

    def follow(self, response: Response) -> Response:
        """Follow redirects as long as they stay with us."""
        while response.status_code in {302, 303} and response["Location"].startswith("/"):
            response = self.client.get(response["Location"])
        return response

    def answer(self, application: Application, **changes: str | None) -> dict[str, str]:
        """Ask, share where that is asked, and return the parameters sent to the service."""
        page = self.ask(application, **changes)
        if page.status_code == 200:
            page = self.press(page, "share")
        return sent(page)


def _address(page: Response) -> str:
    return str(page.wsgi_request.get_full_path())


def sent(response: Response, to: str = REDIRECT_URI) -> dict[str, str]:
    """Return what the redirect sends to the service."""
    assert response.status_code == 303, (response.status_code, heading(response))
    address, _, query = response["Location"].partition("?")
    assert address == to.partition("?")[0]
    return {name: values[0] for name, values in parse_qs(query, strict_parsing=True).items()}


def path(response: Response) -> str:
    """Return the path of the page that the browser is at."""
    return str(response.wsgi_request.path)


def heading(page: Response) -> str:
    """Return the page's h1 as text."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(found[1])).split()) if found else ""


def main_text(page: Response, *, folded: bool = False) -> str:
    """Return the words of the page's main part; `folded`: those seen before it is unfolded."""
    found = re.search(r"<main[^>]*>(.*?)</main>", page.content.decode(), re.DOTALL)
    assert found is not None
    seen = re.sub(r"(?s)(?<=</summary>).*?(?=</details>)", " ", found[1]) if folded else found[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", seen)).split())


def request_id(response: Response) -> str:
    """Return the id of the stored request that the page's address names."""
    return parse_qs(urlsplit(_address(response)).query)["request"][0]
