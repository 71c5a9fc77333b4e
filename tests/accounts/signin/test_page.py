"""What the sign-in page shows."""

import re

import pytest
from django.conf import settings

from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


def _page(visitor: Visitor, **columns: str) -> str:
    text: str = visitor.get(f"/sign-in?flow={visitor.begin(**columns)}").content.decode()
    return text


def _heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def test_the_first_heading_and_the_title_name_the_service() -> None:
    page = _page(Visitor(), service_name="Council Tax")
    assert _heading(page) == "Sign in to Council Tax"
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert " ".join(title[1].split()).startswith("Sign in to Council Tax –")


def test_without_a_service_the_heading_names_this_one() -> None:
    assert _heading(_page(Visitor())) == f"Sign in to {settings.SERVICE_NAME}"


def test_a_service_name_is_text_and_never_markup() -> None:
    assert "<script>x" not in _page(Visitor(), service_name="<script>x</script>")


def test_the_name_field_holds_the_hint_of_this_request_and_nobody_elses() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    assert 'value="ann@example.org"' in _page(visitor, login_hint="ann@example.org")
    visitor.submit("ann@example.org")
    assert "ann@example.org" not in _page(visitor)
    visitor.client.post("/sign-out")
    assert "ann@example.org" not in _page(visitor)


def test_a_wrong_try_is_shown_as_an_error_and_keeps_the_name_but_not_the_password() -> None:
    visitor = Visitor()
    page = visitor.submit("ann@example.org", "wrong horse battery").content.decode()
    assert "<title>Error: " in page
    assert 'class="govuk-error-summary"' in page
    assert 'value="ann@example.org"' in page
    assert "wrong horse battery" not in page


def test_what_is_left_empty_is_asked_for_by_name() -> None:
    page = Visitor().submit("", "").content.decode()
    assert "Enter your email address or sign-in name" in page
    assert "Enter your password" in page


def test_browsers_and_password_managers_know_both_fields() -> None:
    page = _page(Visitor())
    assert 'autocomplete="username webauthn"' in page
    assert 'autocomplete="current-password"' in page
    assert 'id="sign-in"' in page


def test_the_ways_on_keep_the_flow() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    page = visitor.get(f"/sign-in?flow={flow}").content.decode()
    assert f'href="/sign-up?flow={flow}"' in page
    assert f'href="/reset-password?flow={flow}"' in page


def test_the_form_may_lead_by_redirects_to_the_service_and_nowhere_else() -> None:
    visitor = Visitor()
    flow = visitor.begin(form_action="https://tax.example")
    for page in (visitor.get(f"/sign-in?flow={flow}"), visitor.submit("x", "y", flow=flow)):
        assert "form-action 'self' https://tax.example;" in page["Content-Security-Policy"] + ";"
    other = visitor.get(f"/sign-in?flow={visitor.begin()}")
    assert "form-action 'self';" in other["Content-Security-Policy"] + ";"


def test_the_page_is_kept_by_no_cache() -> None:
    visitor = Visitor()
    assert visitor.get(f"/sign-in?flow={visitor.begin()}")["Cache-Control"] == "no-store"
    assert visitor.get("/sign-in")["Cache-Control"] == "no-store"


def test_a_form_from_elsewhere_is_refused_in_plain_words() -> None:
    visitor = Visitor(csrf=True)
    response = visitor.submit("ann@example.org")
    assert response.status_code == 403
    assert "We could not tell that this form came from you" in response.content.decode()
    assert "help code" in response.content.decode()
