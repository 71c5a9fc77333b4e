"""OpenID Connect Front-Channel Logout 1.0."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import jwt as pyjwt
import pytest
from django.conf import settings

from accounts.audit.actor import OPERATOR
from accounts.models import Session
from clients.applications import operations as applications
from tests import factories
from tests.protocol.forms import forms
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, heading, sent
from tests.protocol.service import RETURN, STATE, Service

FRONT = "https://service.example.org/front?from=us"


@pytest.fixture
def service(resident: Resident) -> Service:
    resident.sign_in(factories.account("ann@example.org"))
    return Service(resident, Partner.confidential(frontchannel_logout_uri=FRONT)).sign_in()


def frames(page: Response) -> list[str]:
    return [unescape(src) for src in re.findall(r'<iframe src="([^"]+)"', page.content.decode())]


def _choose(service: Service, choice: str) -> Response:
    page = service.sign_out(post_logout_redirect_uri="https://other.example.org/")
    form = next(one for one in forms(page.content.decode()) if "wish" in one.values)
    return service.resident.submit("/logout/confirm", {**form.values, "choice": choice})


class TestSection2Addresses:
    """§3: which pages are opened, and with what."""

    def test_the_page_opens_the_address_with_issuer_and_sid_then_goes_back(
        self, service: Service
    ) -> None:
        page = service.sign_out()
        assert (page.status_code, heading(page)) == (200, "You are signed out")
        (address,) = frames(page)
        assert address.startswith(f"{FRONT}&")
        claims = pyjwt.decode(service.id_token, options={"verify_signature": False})
        query = parse_qs(urlsplit(address).query)
        assert query == {"from": ["us"], "iss": [settings.ISSUER], "sid": [claims["sid"]]}
        back = f"{RETURN}?state={STATE}"
        assert f'href="{back}"' in page.content.decode()
        assert not Session.objects.filter(ended_at=None).exists()

    def test_the_page_may_load_that_origin_and_no_other(self, service: Service) -> None:
        policy = service.sign_out()["Content-Security-Policy"]
        assert "frame-src https://service.example.org;" in f"{policy};"

    def test_every_service_of_the_session_is_opened_once_and_no_other(
        self, service: Service
    ) -> None:
        other = "https://service.example.org/other"
        library = Partner.confidential(name="Library", frontchannel_logout_uri=other)
        Service(service.resident, library).sign_in()
        Service(service.resident, Partner.confidential(name="None")).sign_in()
        elsewhere = Resident()
        elsewhere.sign_in(factories.account())
        Service(elsewhere, service.partner).sign_in()
        opened = [address.partition("iss=")[0] for address in frames(service.sign_out())]
        assert sorted(opened) == sorted([f"{FRONT}&", f"{other}?"])

    def test_without_such_a_service_the_way_back_is_at_once(self, resident: Resident) -> None:
        resident.sign_in(factories.account())
        service = Service(resident, Partner.confidential()).sign_in()
        assert sent(service.sign_out(), RETURN) == {"state": STATE}

    def test_the_page_without_a_way_back_opens_them_too(self, service: Service) -> None:
        page = service.sign_out(post_logout_redirect_uri=None, state=None)
        assert len(frames(page)) == 1
        assert 'id="continue"' not in page.content.decode()

    def test_signing_out_of_everything_opens_them(self, service: Service) -> None:
        assert len(frames(_choose(service, "everything"))) == 1

    def test_signing_out_of_one_service_opens_that_one_alone(self, service: Service) -> None:
        other = "https://service.example.org/other"
        library = Partner.confidential(name="Library", frontchannel_logout_uri=other)
        Service(service.resident, library).sign_in()
        assert [one.startswith(FRONT) for one in frames(_choose(service, "service"))] == [True]

    def test_a_question_opens_nothing(self, service: Service) -> None:
        assert frames(service.sign_out(id_token_hint=None)) == []

    def test_a_suspended_application_is_not_opened(self, service: Service) -> None:
        other = Partner.confidential(name="Library", frontchannel_logout_uri=FRONT)
        Service(service.resident, other).sign_in()
        applications.suspend(application=other.application, by=OPERATOR)
        assert len(frames(service.sign_out())) == 1

    def test_none_may_lead_the_browser_away_or_open_windows(self, service: Service) -> None:
        page = service.sign_out().content.decode()
        (allowed,) = re.findall(r'<iframe src="[^"]+"[^>]* sandbox="([^"]*)"', page)
        # Its own cookies and scripts are what it signs out by.
        assert allowed.split() == ["allow-forms", "allow-same-origin", "allow-scripts"]

    def test_what_an_address_holds_is_never_read_as_a_page(self, resident: Resident) -> None:
        resident.sign_in(factories.account())
        uri = "https://service.example.org/a?b='><script>alert(1)</script>"
        service = Service(resident, Partner.confidential(frontchannel_logout_uri=uri)).sign_in()
        page = service.sign_out()
        assert "<script>alert" not in page.content.decode()
        assert frames(page)[0].startswith(uri)


def test_its_accounts_other_browsers_are_not_signed_out_by_it(service: Service) -> None:
    other = Resident()
    session = other.sign_in(Session.objects.get().account)
    service.sign_out()
    session.refresh_from_db()
    assert session.ended_at is None
