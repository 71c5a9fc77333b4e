"""Writing organisations."""

import pytest

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from clients.models import Organisation
from clients.organisations import operations
from clients.organisations.operations import OrganisationRefusedError
from clients.organisations.rules import NameProblem
from clients.signals import organisation_suspended

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


@pytest.fixture
def organisation() -> Organisation:
    return operations.create(name="Example Council", by=OPERATOR)


def test_a_new_organisation_is_active_and_recorded(organisation: Organisation) -> None:
    assert (organisation.slug, organisation.status) == ("example-council", "active")
    event = AuditEvent.objects.get()
    assert (event.event, event.actor_kind) == ("organisation:organisation:created", "operator")
    assert event.organisation_id == organisation.pk


@pytest.mark.usefixtures("organisation")
def test_a_short_name_is_given_once() -> None:
    with pytest.raises(OrganisationRefusedError) as refused:
        operations.create(name="Example Council", by=OPERATOR)
    assert refused.value.problem is NameProblem.SLUG_TAKEN
    assert len(events()) == 1


def test_an_unfit_name_leaves_no_trace() -> None:
    with pytest.raises(OrganisationRefusedError):
        operations.create(name="Evil\0", by=OPERATOR)
    assert not Organisation.objects.exists()
    assert events() == []


def test_suspending_twice_is_one_fact(organisation: Organisation) -> None:
    heard: list[Organisation] = []

    def hear(organisation: Organisation, **_: object) -> None:
        heard.append(organisation)

    organisation_suspended.connect(hear)
    try:
        operations.suspend(organisation=organisation, by=OPERATOR)
        again = operations.suspend(organisation=organisation, by=OPERATOR)
    finally:
        organisation_suspended.disconnect(hear)
    assert again.status == "suspended"
    assert heard == [organisation]
    assert events()[1:] == ["organisation:organisation:suspended"]


def test_reinstating_is_recorded_and_needs_a_suspension(organisation: Organisation) -> None:
    operations.reinstate(organisation=organisation, by=OPERATOR)
    operations.suspend(organisation=organisation, by=OPERATOR)
    assert operations.reinstate(organisation=organisation, by=OPERATOR).status == "active"
    assert events()[1:] == [
        "organisation:organisation:suspended",
        "organisation:organisation:reinstated",
    ]
