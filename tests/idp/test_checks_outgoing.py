"""Requests to partners: which lists of hosts inside are refused, and which are warned of."""

from pathlib import Path

import pytest
from pytest_django import Settings

from idp.checks.registry import borough_rules


@pytest.fixture(autouse=True)
def _this_machine_alone(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]


def found() -> set[str | None]:
    return {message.id for message in borough_rules() if str(message.id)[-3:] in {"100", "101"}}


def test_the_settings_as_they_come_are_safe() -> None:
    assert found() == set()


@pytest.mark.parametrize("entry", ["keys.internal:8443", "127.0.0.1:9000", "[::1]:443"])
def test_a_host_inside_may_be_listed_and_is_warned_of_where_others_reach_us(
    settings: Settings, entry: str
) -> None:
    settings.OUTGOING_ALLOW = [entry]
    assert found() == set()
    settings.ISSUER = "https://login.borough.gov.uk"
    assert found() == {"borough.W100"}


@pytest.mark.parametrize(
    "entry",
    [
        *("keys.internal", "Keys.internal:443", "https://keys.internal:443", "keys.internal:0"),
        *("*:1", "keys.internal:x", "[::1:443", "me@keys.internal:443", "keys.internal:443/path"),
    ],
)
def test_what_would_allow_nothing_is_refused(settings: Settings, entry: str) -> None:
    settings.OUTGOING_ALLOW = [entry]
    assert found() == {"borough.E100"}


def test_certificates_must_be_readable(settings: Settings, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    settings.OUTGOING_CA_BUNDLE = str(bundle)
    assert found() == {"borough.E101"}
    bundle.write_text("no certificate")
    assert found() == {"borough.E101"}
