"""FAPI 2.0: which registration is fit for the high profile, and that it stays as it was made."""

from dataclasses import replace
from typing import Any

import pytest

from accounts.audit.actor import OPERATOR
from clients.applications import operations
from clients.applications.algorithms import Algorithm
from clients.applications.changing import operations as changing
from clients.applications.declared.document import Declared, registration_of
from clients.applications.high.rules import SECTIONS, HighProblem, high_problems
from clients.applications.high.wording import HIGH_PROBLEMS
from clients.applications.keys.rules import Keys
from clients.applications.registration import Addresses, Changes, Kind, Profile, Registration
from clients.applications.requests.rules import Pkce, Requests
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application
from tests import factories
from tests.clients.registrations import registration as ordinary
from tests.protocol.signing import signing_key

pytestmark = pytest.mark.django_db

REQUESTS = Requests(requires_pushed_requests=True, dpop_bound_access_tokens=True)


def registration(**changes: Any) -> Registration:
    """Return a fit one of the high profile, changed as asked."""
    fit = replace(
        ordinary(),
        profile=Profile.HIGH,
        auth_method="private_key_jwt",
        keys=Keys({"keys": [signing_key("ES256").jwk]}),
        requests=REQUESTS,
    )
    return replace(fit, **changes)


def problems(**changes: Any) -> list[HighProblem]:
    return [problem for _part, problem, _value in high_problems(registration(**changes))]


def made() -> Application:
    return operations.create(
        organisation=factories.organisation(), registration=registration(), by=OPERATOR
    ).application


def test_a_fit_one_is_made_and_read_back() -> None:
    assert problems() == []
    row = made()
    assert row.profile == "high"
    assert row.requires_pushed_requests


def test_of_the_standard_profile_nothing_of_it_is_asked() -> None:
    assert problems(profile=Profile.STANDARD, auth_method="client_secret_basic") == []


@pytest.mark.parametrize(
    "changes, problem",
    [
        ({"kind": Kind.SPA}, HighProblem.PUBLIC),
        ({"kind": Kind.NATIVE}, HighProblem.PUBLIC),
        ({"kind": Kind.DEVICE}, HighProblem.PUBLIC),
        ({"auth_method": "client_secret_basic"}, HighProblem.METHOD),
        ({"auth_method": "client_secret_post"}, HighProblem.METHOD),
        ({"auth_method": ""}, HighProblem.METHOD),
        ({"requests": replace(REQUESTS, dpop_bound_access_tokens=False)}, HighProblem.UNBOUND),
        ({"requests": replace(REQUESTS, requires_pushed_requests=False)}, HighProblem.NOT_PUSHED),
        ({"requests": replace(REQUESTS, pkce=Pkce.OPTIONAL)}, HighProblem.PKCE),
        ({"algorithm": "RS256"}, HighProblem.ALGORITHM),
        ({"userinfo_algorithm": "RS256"}, HighProblem.ALGORITHM),
        ({"assertion_algorithm": "RS256"}, HighProblem.ALGORITHM),
        (
            {"requests": replace(REQUESTS, request_object_algorithm=Algorithm.RS256)},
            HighProblem.ALGORITHM,
        ),
        ({"addresses": Addresses(("http://localhost/callback",))}, HighProblem.REDIRECT_URI),
        ({"addresses": Addresses(("HTTP://127.0.0.1/callback",))}, HighProblem.REDIRECT_URI),
    ],
    ids=str,
)
def test_what_is_not_fit_has_a_name(changes: dict[str, Any], problem: HighProblem) -> None:
    assert problems(**changes) == [problem]
    with pytest.raises(ApplicationRefusedError) as refusal:
        operations.create(
            organisation=factories.organisation(),
            registration=registration(**changes),
            by=OPERATOR,
        )
    assert problem in {finding.problem for finding in refusal.value.findings}


def test_a_certificate_binds_as_well() -> None:
    by_certificate = Requests(requires_pushed_requests=True, certificate_bound_access_tokens=True)
    assert problems(requests=by_certificate) == []
    assert problems(auth_method="tls_client_auth", requests=by_certificate) == []


@pytest.mark.parametrize(
    "changes, problem",
    [
        (Changes(dpop_bound_access_tokens=False), HighProblem.UNBOUND),
        (Changes(requires_pushed_requests=False), HighProblem.NOT_PUSHED),
        (Changes(auth_method="client_secret_basic"), HighProblem.METHOD),
        (Changes(pkce=Pkce.OPTIONAL), HighProblem.PKCE),
    ],
    ids=str,
)
def test_it_is_not_weakened_later(changes: Changes, problem: HighProblem) -> None:
    with pytest.raises(ApplicationRefusedError) as refusal:
        changing.change(application=made(), changes=changes, by=OPERATOR)
    assert problem in {finding.problem for finding in refusal.value.findings}


@pytest.mark.parametrize("profile", Profile)
def test_a_profile_stays(profile: Profile) -> None:
    row = made() if profile is Profile.STANDARD else factories.application()
    wanted = registration(profile=profile)
    with pytest.raises(ApplicationRefusedError) as refusal:
        changing.become(application=row, registration=wanted, by=OPERATOR)
    assert HighProblem.FIXED in {finding.problem for finding in refusal.value.findings}


def test_a_document_that_does_not_say_leaves_it() -> None:
    declared = Declared(name="Council Tax")
    for before in (registration(), ordinary()):
        after = registration_of(declared, slug="tax", live=False, before=before)
        assert after.profile is before.profile
    assert registration_of(declared, slug="tax", live=False, before=None).profile == "standard"


@pytest.mark.parametrize("problem", HighProblem)
def test_each_has_words_that_name_its_section(problem: HighProblem) -> None:
    assert str(HIGH_PROBLEMS[problem]).endswith(f"({SECTIONS[problem]})")
