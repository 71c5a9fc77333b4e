"""Which applications may tell residents what they get instead of asking them."""

from dataclasses import replace
from typing import Any

import pytest

from accounts.audit.actor import OPERATOR
from clients.applications import operations
from clients.applications.changing import operations as changing
from clients.applications.registration import Changes, Told
from clients.applications.rules import RegistrationProblem
from clients.applications.skipping import skipping_findings
from clients.applications.wording import sentence
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application
from clients.organisations import operations as organisations
from tests.clients.registrations import OPENID, registration
from tests.protocol.registering import Registrar

R = RegistrationProblem
ON_CONSENT = (replace(OPENID, lawful_basis="consent"),)


@pytest.mark.parametrize(
    "told, changes, problems",
    [
        ({}, {}, []),
        ({"of_council": False}, {}, [R.ASKS_UNLESS_OF_COUNCIL]),
        ({"registered_itself": True}, {}, [R.ASKS_AS_IT_REGISTERED_ITSELF]),
        ({}, {"live": False}, [R.ASKS_WHILE_SANDBOX]),
        ({}, {"is_sensitive": True}, [R.ASKS_AS_SENSITIVE]),
        ({}, {"scopes": ON_CONSENT}, [R.ASKS_FOR_OTHER_BASIS]),
        (
            {"of_council": False},
            {"live": False, "is_sensitive": True},
            [R.ASKS_UNLESS_OF_COUNCIL, R.ASKS_WHILE_SANDBOX, R.ASKS_AS_SENSITIVE],
        ),
    ],
)
def test_only_the_councils_own_live_public_task_is_told(
    told: dict[str, bool], changes: dict[str, Any], problems: list[RegistrationProblem]
) -> None:
    facts = {"of_council": True, "registered_itself": False, **told}
    findings = skipping_findings(registration(skips_sharing=True, **changes), **facts)
    assert [finding.problem for finding in findings] == problems
    assert all(sentence(finding).startswith("skips_sharing: ") for finding in findings)
    assert skipping_findings(registration(**changes), **facts) == []


def create(*, is_council: bool, **changes: Any) -> Application:
    organisation = organisations.create(name="Example Council", is_council=is_council, by=OPERATOR)
    return operations.create(
        organisation=organisation, registration=registration(**changes), by=OPERATOR
    ).application


@pytest.mark.django_db
class TestWriting:
    """It is kept so at every write."""

    def test_a_partners_application_is_not_created_so(self) -> None:
        with pytest.raises(ApplicationRefusedError) as refused:
            create(is_council=False, skips_sharing=True)
        assert refused.value.args == (R.ASKS_UNLESS_OF_COUNCIL,)

    def test_the_councils_is_and_can_be_told_to_ask_again(self) -> None:
        application = create(is_council=True, skips_sharing=True)
        assert application.skips_sharing
        changes = Changes(skips_sharing=False)
        asks = changing.change(application=application, changes=changes, by=OPERATOR).application
        assert not asks.skips_sharing

    @pytest.mark.parametrize(
        "changes",
        [Changes(is_sensitive=True), Changes(scopes=ON_CONSENT)],
        ids=["sensitive", "basis"],
    )
    def test_nothing_that_residents_must_be_asked_for_is_added(self, changes: Changes) -> None:
        application = create(is_council=True, skips_sharing=True)
        with pytest.raises(ApplicationRefusedError):
            changing.change(application=application, changes=changes, by=OPERATOR)

    def test_nor_by_other_terms(self) -> None:
        application = create(is_council=True, skips_sharing=True)
        told = Told(lawful_basis="contract")
        with pytest.raises(ApplicationRefusedError):
            changing.tell(application=application, scope="openid", told=told, by=OPERATOR)

    def test_one_that_registered_itself_never_becomes_one(self) -> None:
        application = create(is_council=True)
        token = Registrar.allowed(of=application.organisation).row
        Application.objects.update(initial_access_token=token)
        changes = Changes(skips_sharing=True)
        with pytest.raises(ApplicationRefusedError) as refused:
            changing.change(application=application, changes=changes, by=OPERATOR)
        assert refused.value.args == (R.ASKS_AS_IT_REGISTERED_ITSELF,)
