"""One council service on a fake provider, and a visitor that follows no redirect by itself."""

import re
from collections.abc import Iterator

import httpx
import pytest

from deploy.demo_services.configuration import Neighbour, Service
from deploy.demo_services.relying_party import RelyingParty
from deploy.demo_services.site import Site
from tests.demo_services import fake_provider
from tests.demo_services.fake_provider import FakeProvider

ADDRESS = "http://127.0.0.1:8001"


class Visitor(httpx.Client):
    """A visitor of the service: httpx, with the few steps that each test repeats."""

    def __init__(self, site: Site, provider: FakeProvider) -> None:
        super().__init__(transport=httpx.WSGITransport(app=site), base_url=ADDRESS)
        self.provider = provider

    def leaves(self) -> str:
        """Press the sign-in button; return the provider's address it leads to."""
        return self.get("/sign-in").headers["location"]

    def signs_in(self) -> httpx.Response:
        """Sign in; return the page after it."""
        self.get(self.provider.consents(self.leaves()))
        return self.get("/")

    def signs_out(self) -> httpx.Response:
        """Press the sign-out button of the signed-in page."""
        token = re.search(r'name="form_token" value="([^"]+)"', self.get("/").text)
        assert token
        return self.post("/sign-out", data={"form_token": token[1]})


@pytest.fixture
def service() -> Service:
    return Service(
        key="council-tax",
        name="Council Tax",
        url=ADDRESS,
        issuer=fake_provider.ISSUER,
        client_id=fake_provider.CLIENT_ID,
        client_secret=fake_provider.CLIENT_SECRET,
        events_token=fake_provider.EVENTS_TOKEN,
        redirect_uri=f"{ADDRESS}/callback",
        post_logout_redirect_uri=f"{ADDRESS}/signed-out",
        neighbours=(Neighbour("Riverside Community Hub", "http://127.0.0.1:8002"),),
    )


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


@pytest.fixture
def site(service: Service, provider: FakeProvider) -> Site:
    return Site(service, RelyingParty(service, provider.session))


@pytest.fixture
def visitor(site: Site, provider: FakeProvider) -> Iterator[Visitor]:
    with Visitor(site, provider) as visitor:
        yield visitor
