"""Devices that sign in by a code on their screen, by openid-client: RFC 8628."""

from typing import Any

import pytest

from tests.interop.conftest import Person
from tests.interop.openid_client.application import Application
from tests.interop.openid_client.library import Library, RefusedError
from tests.interop.resident import Resident
from tests.serving.provider import Served, run_command

pytestmark = pytest.mark.once
EXPIRE = (
    "from django.db.models import F; from idp.models import DeviceGrant;"
    "DeviceGrant.objects.update(expires=F('created_at'))"
)


def _nobody_answers(_started: dict[str, Any]) -> None:
    """Leave the code on the screen."""


def test_a_device_is_let_in_by_whoever_sees_its_code(
    library: Library, device: Application, resident: Resident, person: Person
) -> None:
    def answer(started: dict[str, Any]) -> None:
        done = f"{library.issuer}/device/done"
        assert resident.travel(started["verification_uri_complete"], done)

    done = library.run("device let_in", device, resident, answer)
    assert done["claims"]["aud"] == device.client.client_id
    assert done["details"]["email"] == person.sign_in_name
    assert done["started"]["verification_uri"] == f"{library.issuer}/device/test/interop-trust"
    assert resident.steps[0] == "/sign-in"


def test_a_code_lets_in_once(library: Library, device: Application, resident: Resident) -> None:
    def answer(started: dict[str, Any]) -> None:
        resident.travel(started["verification_uri_complete"], f"{library.issuer}/device/done")

    with pytest.raises(RefusedError, match=r"^OAUTH_RESPONSE_BODY_ERROR 400 invalid_grant$"):
        library.run("device let_in_twice_by_one_code", device, resident, answer)


def test_a_device_that_its_owner_turns_away_gets_nothing(
    library: Library, device: Application, refusing: Resident
) -> None:
    def answer(started: dict[str, Any]) -> None:
        refused = f"{library.issuer}/device/refused"
        assert refusing.travel(started["verification_uri_complete"], refused)

    with pytest.raises(RefusedError, match=r"^OAUTH_RESPONSE_BODY_ERROR 400 access_denied$"):
        library.run("device let_in", device, refusing, answer)


def test_an_expired_code_lets_nobody_in(
    library: Library, device: Application, served: Served
) -> None:
    def let_time_pass(_started: dict[str, Any]) -> None:
        run_command(served.environment, "shell", "--no-imports", "--command", EXPIRE)

    with pytest.raises(RefusedError, match=r"^OAUTH_RESPONSE_BODY_ERROR 400 expired_token$"):
        library.run("device let_in", device, meanwhile=let_time_pass)


def test_a_device_waits_for_its_owner_and_not_too_impatiently(
    library: Library, device: Application
) -> None:
    answers = library.run("device polled", device, meanwhile=_nobody_answers, times=2)
    assert answers == ["authorization_pending", "slow_down"]


def test_another_application_cannot_use_its_code(
    library: Library, device: Application, applications: dict[str, Application]
) -> None:
    other = applications["radio"].told()
    with pytest.raises(RefusedError, match=r"^OAUTH_RESPONSE_BODY_ERROR 400 invalid_grant$"):
        library.run("device polled_by_another", device, meanwhile=_nobody_answers, other=other)


def test_an_application_that_is_no_device_gets_no_code(library: Library, web: Application) -> None:
    with pytest.raises(RefusedError, match=r"^OAUTH_RESPONSE_BODY_ERROR 400 unauthorized_client$"):
        library.run("device polled", web, meanwhile=_nobody_answers, times=1)
