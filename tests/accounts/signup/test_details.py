"""The last page: name, password, and help for password managers."""

import pytest
from django.test.utils import override_settings

from accounts.models import Account, PendingSignIn
from tests.accounts import post
from tests.accounts.signup.browser import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Browser:
    ann = Browser()
    ann.begin("ann@example.org")
    ann.type_code(post.newest().code)
    return ann


@pytest.mark.parametrize(
    "password, words",
    [
        ("", "Enter a password"),
        ("short", "12 characters or more"),
        ("passwordpassword", "easy to guess"),
        ("ann@example.org", "mostly your name or email address"),
        ("x" * 5000, "characters or fewer"),
        ("purple\x00kettle marathon", "Remove any hidden characters"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    ann: Browser, password: str, words: str
) -> None:
    page = ann.finish(password=password).content.decode()
    assert words in page
    assert not Account.objects.exists()


def test_a_refused_password_stands_nowhere_in_the_page(ann: Browser) -> None:
    assert "shortpw-7" not in ann.finish(password="shortpw-7").content.decode()


@pytest.mark.parametrize(
    "name, words",
    [
        ("", "Enter your full name"),
        ("   ", "Enter your full name"),
        ("A" * 201, "200 characters or fewer"),
        ("Ann\x00", "hidden characters"),
        ("Ann\u202eelpmaxE", "hidden characters"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(ann: Browser, name: str, words: str) -> None:
    assert words in ann.finish(full_name=name).content.decode()
    assert not Account.objects.exists()


def test_password_managers_find_the_name_to_save_under(ann: Browser) -> None:
    page = ann.client.get(ann.page("details")).content.decode()
    assert 'value="ann@example.org" autocomplete="username"' in page
    assert 'autocomplete="new-password"' in page
    assert 'autocomplete="name"' in page


def test_the_posted_name_of_the_hidden_field_counts_for_nothing(ann: Browser) -> None:
    ann.finish(username="eve@example.org", sign_in_name="eve")
    assert Account.objects.get().sign_in_name == "ann@example.org"


def test_the_form_may_lead_on_to_the_service_and_nowhere_else(ann: Browser) -> None:
    PendingSignIn.objects.update(form_action="http://127.0.0.1:8001")
    policy = ann.client.get(ann.page("details")).headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part)
    assert directives["form-action"] == "'self' http://127.0.0.1:8001"


@override_settings(LANGUAGE_CODE="en-gb")
def test_the_account_keeps_the_language_it_was_made_in(ann: Browser) -> None:
    ann.finish()
    assert Account.objects.get().language == "en-gb"


def test_too_many_tries_from_one_network_have_to_wait(ann: Browser) -> None:
    for _try in range(100):
        ann.finish(full_name="")
    assert ann.finish().status_code == 429
