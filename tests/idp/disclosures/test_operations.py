"""The ledger counts what was given out: a row a day, names alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from idp.disclosures import operations, queries
from idp.models import Consent, Disclosure
from idp.oidc.sharing.wording import LABELS
from tests import factories

pytestmark = pytest.mark.django_db

TOKEN, USERINFO = Disclosure.Endpoint.TOKEN, Disclosure.Endpoint.USERINFO
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def agreement() -> Consent:
    return factories.consent(factories.account("amara@example.com"), factories.application())


def test_the_same_answer_on_one_day_is_one_row_with_its_count_and_last_time(
    agreement: Consent,
) -> None:
    for minutes in (0, 1, 5):
        at = NOON + timedelta(minutes=minutes)
        operations.note(consent=agreement, endpoint=USERINFO, claims={"sub", "name"}, at=at)

    row = Disclosure.objects.get()
    assert (row.account, row.application, row.consent) == (
        agreement.account,
        agreement.application,
        agreement,
    )
    assert (row.endpoint, row.claims, row.day) == ("userinfo", "name sub", NOON.date())
    assert (row.count, row.last_at) == (3, NOON + timedelta(minutes=5))


def test_a_late_writer_does_not_turn_the_last_time_back(agreement: Consent) -> None:
    operations.note(consent=agreement, endpoint=TOKEN, claims={"sub"}, at=NOON)
    operations.note(
        consent=agreement, endpoint=TOKEN, claims={"sub"}, at=NOON - timedelta(seconds=3)
    )

    assert Disclosure.objects.get().last_at == NOON


def test_another_endpoint_claim_day_or_agreement_is_a_row_of_its_own(agreement: Consent) -> None:
    later = Consent.objects.create(
        account=agreement.account,
        application=agreement.application,
        scopes=[],
        claims=[],
        granted_at=timezone.now(),
        expires_at=timezone.now(),
        superseded_at=timezone.now(),
    )
    operations.note(consent=agreement, endpoint=TOKEN, claims={"sub"}, at=NOON)
    operations.note(consent=agreement, endpoint=USERINFO, claims={"sub"}, at=NOON)
    operations.note(consent=agreement, endpoint=TOKEN, claims={"sub", "name"}, at=NOON)
    operations.note(consent=agreement, endpoint=TOKEN, claims={"sub"}, at=NOON + timedelta(days=1))
    operations.note(consent=later, endpoint=TOKEN, claims={"sub"}, at=NOON)

    assert [row.count for row in Disclosure.objects.all()] == [1] * 5


def test_a_day_begins_at_midnight_here(agreement: Consent) -> None:
    half_past_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    operations.note(consent=agreement, endpoint=TOKEN, claims={"sub"}, at=half_past_midnight)

    assert Disclosure.objects.get().day.isoformat() == "2026-07-02"


def test_the_owner_reads_the_newest_first_and_nobody_elses(agreement: Consent) -> None:
    stranger = factories.consent(factories.account("ben@example.com"), agreement.application)
    operations.note(consent=stranger, endpoint=TOKEN, claims={"sub"}, at=NOON)
    for endpoint, day in ((TOKEN, 0), (USERINFO, 0), (TOKEN, 1)):
        at = NOON + timedelta(days=day)
        operations.note(consent=agreement, endpoint=endpoint, claims={"sub"}, at=at)

    rows = queries.to(agreement.application, agreement.account)
    assert [(row.endpoint, row.day.day) for row in rows] == [
        ("token", 23),
        ("userinfo", 22),
        ("token", 22),
    ]
    [used] = Consent.objects.filter(pk=agreement.pk).annotate(last_use=queries.last_use())
    assert used.last_use == NOON + timedelta(days=1)


def test_there_is_room_for_every_claim_at_once() -> None:
    longest = Disclosure._meta.get_field("claims").max_length  # noqa: SLF001
    assert longest
    assert len(" ".join({*LABELS, "sub"})) < longest
