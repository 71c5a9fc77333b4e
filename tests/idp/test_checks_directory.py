"""A directory of staff in the settings: whole, trustworthy and another than we are, or refused."""

import pytest
from pytest_django import Settings

from idp.checks.registry import borough_rules


@pytest.fixture(autouse=True)
def _whole(settings: Settings) -> None:
    settings.DIRECTORY_ISSUER = "https://directory.council.example/tenant/v2.0"
    settings.DIRECTORY_CLIENT_ID, settings.DIRECTORY_CLIENT_SECRET = "borough-login", "a secret"
    settings.DIRECTORY_GROUPS = [("support", "Contact centre"), ("owner", "urn:council:owners")]


def found() -> set[str]:
    ids = {str(message.id) for message in borough_rules()}
    return {name.removeprefix("borough.") for name in ids if name.startswith("borough.E12")}


def test_one_that_is_whole_is_fine() -> None:
    assert found() == set()


def test_none_at_all_is_fine(settings: Settings) -> None:
    settings.DIRECTORY_ISSUER = settings.DIRECTORY_CLIENT_ID = ""
    settings.DIRECTORY_CLIENT_SECRET, settings.DIRECTORY_GROUPS = "", []
    assert found() == set()


@pytest.mark.parametrize(
    "name, empty", [("ISSUER", ""), ("CLIENT_ID", ""), ("CLIENT_SECRET", ""), ("GROUPS", [])]
)
def test_half_of_one_is_refused(settings: Settings, name: str, empty: object) -> None:
    setattr(settings, f"DIRECTORY_{name}", empty)
    assert found() == {"E120"}


@pytest.mark.parametrize(
    "issuer",
    [
        "http://directory.council.example",
        "directory.council.example",
        "https://",
        "https://me@directory.council.example",
        "https://directory.council.example?tenant=1",
        "https://directory.council.example#here",
        "https://[directory",
        "https://directory.council.example:x",
    ],
)
def test_one_that_cannot_be_trusted_is_refused(settings: Settings, issuer: str) -> None:
    settings.DIRECTORY_ISSUER = issuer
    assert found() == {"E121"}


def test_one_on_this_machine_may_speak_in_clear(settings: Settings) -> None:
    settings.DIRECTORY_ISSUER = "http://localhost:9000"
    assert found() == set()


def test_we_are_not_our_own(settings: Settings) -> None:
    settings.DIRECTORY_ISSUER = settings.ISSUER
    assert found() == {"E122"}


@pytest.mark.parametrize(
    "group", [("supporter", "Contact centre"), ("support", ""), ("Contact centre", "support")]
)
def test_a_group_that_gives_no_role_is_refused(settings: Settings, group: tuple[str, str]) -> None:
    settings.DIRECTORY_GROUPS = [group]
    assert found() == {"E123"}


def test_one_that_is_not_asked_who_somebody_is_is_refused(settings: Settings) -> None:
    settings.DIRECTORY_SCOPES = "profile email"
    assert found() == {"E124"}
