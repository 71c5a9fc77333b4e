"""The secret of a mailed link reaches no log, whatever goes wrong with the form behind it."""

import logging

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

TOKEN = "KJ_okQlwixsIhEnuKr3Y6-kBvRKCkLLQRzAZkWWahb8"
every_link = pytest.mark.parametrize(
    "path, name, finder",
    [
        (
            f"/reset-password/{TOKEN}",
            "recovery:new_password",
            "accounts.recovery.reset.views.find_link",
        ),
        (
            f"/sign-up/confirm/{TOKEN}",
            "signup:confirm",
            "accounts.signup.confirmation.link_views.find_link",
        ),
        (
            f"/sign-in/mailed-link/{TOKEN}",
            "signin:mailed_link",
            "accounts.signin.mailed_code.link_views.find_link",
        ),
    ],
)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return all that is logged from now on, down to what is not worth a line."""
    caplog.set_level(logging.DEBUG)
    return caplog


def told(log: pytest.LogCaptureFixture) -> str:
    records = "".join(str(record.__dict__.get("args")) for record in log.records)
    return log.text + records


@every_link
def test_a_refused_form_is_told_without_the_link(
    log: pytest.LogCaptureFixture, path: str, name: str, finder: str
) -> None:
    del name, finder
    answer = Client(enforce_csrf_checks=True).post(path, {"password": "x"})
    assert answer.status_code == 403
    assert "form refused" in log.text
    assert TOKEN not in told(log)


@every_link
def test_a_fault_of_ours_is_told_by_its_page_not_by_the_link(
    log: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    name: str,
    finder: str,
) -> None:
    monkeypatch.setattr(finder, _fail)
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 500
    assert f"status 500 on {name}" in log.text
    assert "RuntimeError: broken" in log.text
    assert TOKEN not in told(log)


def test_a_fault_before_any_page_is_found_is_told_without_the_path(
    log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.sessions.flooding.hit", _fail)
    answer = Client(raise_request_exception=False).post(f"/reset-password/{TOKEN}")
    assert answer.status_code == 500
    assert TOKEN not in told(log)


def _fail(*_arguments: object) -> None:
    message = "broken"
    raise RuntimeError(message)
