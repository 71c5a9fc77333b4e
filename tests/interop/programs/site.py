"""A person at the site that a program serves."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.interop.resident import Resident


@dataclass
class Visit:
    """One browser at the site and at the provider; `told` is what the settings file says."""

    address: str
    told: dict[str, str]
    resident: Resident
    http: httpx.Client

    def asks(self) -> tuple[str, dict[str, str]]:
        """Choose to sign in; return where that leads, and what the site asks for there."""
        away = self.press(self.http.get(self.address), "Sign in").headers["Location"]
        query = parse_qs(urlsplit(away).query)
        return away, {name: value for name, (value,) in query.items()}

    def comes_back(self, away: str) -> httpx.Response:
        """Do as the provider asks, and return to the site; return the page that it shows then."""
        back = self.resident.travel(away, f"{self.told['redirect_uri']}?")
        return self.http.get(back, follow_redirects=True)

    def signs_in(self) -> httpx.Response:
        """Do both."""
        away, _asked = self.asks()
        return self.comes_back(away)

    def press(self, page: httpx.Response, name: str) -> httpx.Response:
        """Press the link or button of this name."""
        link = re.search(rf'<a href="([^"]+)">{name}</a>', page.text)
        if link:
            return self.http.get(page.url.join(unescape(link[1])))
        form = re.search(rf'action="([^"]+)">([^\n]*)<button>{name}</button>', page.text)
        assert form, page.text
        carried = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))
        return self.http.post(page.url.join(form[1]), data=carried)
