"""The pages about the service itself, made from the settings."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from accounts.pages import views
from accounts.security.cookies import COOKIES

View = Callable[[HttpRequest], HttpResponse]
PAGES: list[View] = [views.contact, views.accessibility, views.privacy, views.cookies]
every_page = pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)


@dataclass(frozen=True)
class Fake:
    """A council unlike the default one, with characters that need escaping."""

    COUNCIL_NAME: str = "Ham & Eggs Borough"
    COUNCIL_PHONE: str = "01632 960001"
    COUNCIL_HOURS: str = "Sundays, noon to 1pm"
    COUNCIL_EMAIL: str = "ask@council.example"
    COUNCIL_ADDRESS: str = "3 Low Road"
    ACCESSIBILITY_CONTACT: str = "access@council.example"
    DATA_PROTECTION_CONTACT: str = "dpo@council.example"


@pytest.fixture(autouse=True)
def council(settings: Settings) -> Fake:
    fake = Fake()
    for name, value in vars(fake).items():
        setattr(settings, name, value)
    return fake


def show(view: View, method: str = "get") -> str:
    response = view(getattr(RequestFactory(), method)("/"))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@every_page
def test_a_page_names_the_council_its_phone_and_hours(view: View, council: Fake) -> None:
    page = show(view)
    assert "Ham &amp; Eggs Borough" in page
    assert f'href="tel:01632960001">{council.COUNCIL_PHONE}</a>' in page
    assert council.COUNCIL_HOURS in page


@every_page
def test_a_page_only_answers_to_reading(view: View) -> None:
    assert view(RequestFactory().post("/")).status_code == 405


@every_page
def test_a_page_links_to_the_four_pages_and_skips_to_its_content(view: View) -> None:
    page = show(view)
    for name in ("contact", "accessibility", "privacy", "cookies"):
        assert f'href="/help/{name}"' in page
    assert 'href="#main-content"' in page
    assert page.count("<h1") == 1


def test_the_contact_page_gives_every_way_to_reach_a_person(council: Fake) -> None:
    page = show(views.contact)
    assert council.COUNCIL_EMAIL in page
    assert council.COUNCIL_ADDRESS in page
    assert "18001" in page


def test_the_cookies_page_lists_every_cookie_that_is_set() -> None:
    page = show(views.cookies)
    for cookie in COOKIES:
        assert f">{cookie.name}</dt>" in page
        assert str(cookie.purpose) in page
        assert str(cookie.lifetime) in page


def test_the_privacy_page_tells_the_lifetimes_in_force(settings: Settings, council: Fake) -> None:
    settings.SIGN_UP_LIFETIME = timedelta(hours=5)
    settings.SESSION_ABSOLUTE = timedelta(hours=1)
    settings.CONSENT_LIFETIME = timedelta(days=365)
    page = show(views.privacy)
    assert "did not finish, for 5 hours" in page
    assert "each time you sign in, for 1 hour at most" in page
    assert "for 12 months" in page
    assert council.DATA_PROTECTION_CONTACT in page


def test_the_accessibility_statement_has_the_parts_that_the_law_asks_for(council: Fake) -> None:
    page = show(views.accessibility)
    for part in (
        "Accessibility statement for",
        "Feedback and contact information",
        "Enforcement procedure",
        "Technical information about this service’s accessibility",
        "is committed to making this service accessible, in accordance with",
        "Compliance status",
        "Preparation of this accessibility statement",
        council.ACCESSIBILITY_CONTACT,
    ):
        assert part in page


def test_a_statement_never_claims_full_compliance_without_a_test_by_others() -> None:
    page = show(views.accessibility)
    assert "partially compliant" in page
    assert "has not yet been tested" in page


def test_a_tested_service_without_problems_is_fully_compliant(settings: Settings) -> None:
    settings.ACCESSIBILITY_TESTED = "on 3 March 2026 by the Access Centre"
    page = show(views.accessibility)
    assert "fully compliant" in page
    assert "last tested on 3 March 2026 by the Access Centre." in page


def test_known_problems_are_listed_and_make_it_partial(settings: Settings) -> None:
    settings.ACCESSIBILITY_TESTED = "on 3 March 2026"
    settings.ACCESSIBILITY_PROBLEMS = "Maps have no text; Some <b>tables</b>; "
    page = show(views.accessibility)
    assert "partially compliant" in page
    assert "<li>Maps have no text</li>" in page
    assert "<li>Some &lt;b&gt;tables&lt;/b&gt;</li>" in page


def test_the_manifest_names_the_service_and_its_colour(settings: Settings) -> None:
    settings.BRAND_COLOUR = "#123456"
    body = json.loads(views.manifest(RequestFactory().get("/")).content)
    assert body["theme_color"] == "#123456"
    assert settings.COUNCIL_NAME in body["name"]
