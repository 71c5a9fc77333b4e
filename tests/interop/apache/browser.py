"""A person's browser at the sites, as far as signing in and out needs one."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

import httpx

from tests.interop.apache.server import Site
from tests.interop.public import Public
from tests.interop.resident import Resident


@dataclass
class Browser:
    """The resident fills in the pages on the way; both share one set of cookies."""

    public: Public
    http: httpx.Client
    resident: Resident

    def sign_in(self, site: Site) -> httpx.Response:
        """Open a site's page, sign in on the way; return it."""
        back = self.resident.travel(site.url, f"{site.callback}?")
        assert self.http.get(back).headers["Location"] == site.url
        return self.http.get(site.url)

    def ask(self, site: Site, **message: str) -> httpx.Response:
        """Send the module of a site a message."""
        return self.http.get(f"{site.callback}?{urlencode(message)}")

    def session_at(self, site: Site) -> str:
        """Return the site's cookie, with which anybody has the session."""
        return self.http.cookies.get(site.name) or ""

    def load_frames(self, page: httpx.Response) -> list[httpx.Response]:
        """Open what the page shows in frames, as a browser does unseen."""
        addresses = re.findall(r'<iframe src="([^"]+)"', page.text)
        return [self.http.get(unescape(address)) for address in addresses]

    def shows(self, site: Site, session: str) -> bool:
        """Say whether the site still has this session, asked from another browser."""
        with self.public.client() as other:
            page = other.get(site.url, headers={"Cookie": f"{site.name}={session}"})
        if page.has_redirect_location:
            assert page.headers["Location"].startswith(f"{self.public.issuer}/authorize?")
        return page.is_success
