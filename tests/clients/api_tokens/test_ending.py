"""A token lives no longer than its maker's right to make one."""

from collections.abc import Callable

import pytest

from accounts.audit.actor import SYSTEM
from accounts.models import AuditEvent, OutboundMessage
from clients.api_tokens import operations
from clients.api_tokens.operations import TokenRefusedError
from clients.api_tokens.rules import Terms, TokenProblem
from clients.models import ApiToken, Member
from clients.organisations.members import operations as members
from tests import factories
from tests.clients import losing
from tests.factories.api_tokens import api_token

pytestmark = pytest.mark.django_db
TERMS = Terms("Build server", "developer", 90)


@pytest.fixture
def maker() -> Member:
    return factories.member(factories.account("ann@example.org"))


@pytest.fixture
def other(maker: Member) -> Member:
    return factories.member(factories.account("bea@example.org"), of=maker.organisation)


@pytest.mark.parametrize("lose", losing.WAYS.values(), ids=losing.WAYS)
def test_it_ends_at_once_with_the_right_and_the_owners_left_are_told(
    maker: Member, other: Member, lose: Callable[[Member], None]
) -> None:
    api_token(maker.organisation, made_by=maker.account)
    api_token(maker.organisation, made_by=other.account)
    lose(maker)
    assert ApiToken.objects.get(made_by=maker.account).revoked_at is not None
    assert ApiToken.objects.get(made_by=other.account).revoked_at is None
    ended = AuditEvent.objects.get(event="organisation:api_token:revoked")
    assert ended.organisation_id == maker.organisation.pk
    told = OutboundMessage.objects.filter(template="partners/api_tokens_changed")
    assert other.account in [one.account for one in told]


@pytest.mark.usefixtures("other")
def test_tokens_for_other_organisations_stay(maker: Member) -> None:
    elsewhere = factories.member(maker.account)
    api_token(elsewhere.organisation, made_by=maker.account)
    losing.leave(maker)
    assert ApiToken.objects.get().revoked_at is None


def test_whoever_becomes_an_owner_keeps_what_they_made(maker: Member) -> None:
    api_token(maker.organisation, made_by=maker.account)
    members.change_role(
        organisation=maker.organisation,
        number=factories.member(
            factories.account(), of=maker.organisation, role=Member.Role.VIEWER
        ).pk,
        role=Member.Role.OWNER,
        by=SYSTEM,
    )
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.usefixtures("other")
def test_none_is_made_for_whoever_left_a_moment_ago(maker: Member) -> None:
    losing.leave(maker)
    with pytest.raises(TokenRefusedError) as refused:
        operations.make(
            organisation=maker.organisation, terms=TERMS, maker=maker.account, by=SYSTEM
        )
    assert refused.value.problem is TokenProblem.MAKER_GONE
    assert not ApiToken.objects.exists()
