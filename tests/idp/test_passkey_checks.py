"""The settings of passkeys that no browser, or any website, would take."""

import pytest
from pytest_django import Settings

from idp.checks.registry import borough_rules


@pytest.fixture(autouse=True)
def _at_home(settings: Settings) -> None:
    settings.ISSUER = "https://login.example.org"
    settings.PASSKEY_DOMAIN = "login.example.org"
    settings.PASSKEY_ORIGINS = [settings.ISSUER]
    settings.ALLOWED_HOSTS = ["login.example.org"]


def _ids() -> set[str]:
    ours = {"borough.E060", "borough.E061", "borough.W060"}
    return ours & {str(message.id) for message in borough_rules()}


@pytest.mark.parametrize("domain", ["login.example.org", "example.org"])
def test_the_issuers_host_or_what_it_lies_under_is_fit(settings: Settings, domain: str) -> None:
    settings.PASSKEY_DOMAIN = domain
    assert _ids() == set()


@pytest.mark.parametrize(
    "domain", ["https://example.org", "example.org:443", "Example.org", "org", "example.org/", ""]
)
def test_what_is_no_domain_is_refused(settings: Settings, domain: str) -> None:
    settings.PASSKEY_DOMAIN = domain
    assert "borough.E060" in _ids()


@pytest.mark.parametrize("domain", ["example.com", "ogin.example.org"])
def test_a_domain_elsewhere_must_be_answered_here(settings: Settings, domain: str) -> None:
    settings.PASSKEY_DOMAIN = domain
    assert _ids() == {"borough.W060"}


def test_related_websites_are_plain_origins(settings: Settings) -> None:
    settings.PASSKEY_ORIGINS = [settings.ISSUER, "https://old.example.org"]
    assert _ids() == set()


@pytest.mark.parametrize(
    "origin",
    [
        "http://old.example.org",
        "https://old.example.org/",
        "https://OLD.example.org",
        "https://a@old.example.org",
        "https://old.example.org:x",
        "https://old.example.org:0",
        "old.example.org",
        "*",
    ],
)
def test_anything_else_is_refused(settings: Settings, origin: str) -> None:
    settings.PASSKEY_ORIGINS = [settings.ISSUER, origin]
    assert _ids() == {"borough.E061"}
