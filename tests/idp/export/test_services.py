"""What a copy tells of services: all of those in sight, and the others only where asked for."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.export.sealing import Document
from accounts.models import Account, Complaint
from clients.models import ScopeTerms
from idp.hiding import operations as hiding
from idp.models import (
    Consent,
    PairwiseSubject,
)
from tests import factories
from tests.idp.export.told import copy, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


def test_a_service_in_sight_is_told_in_every_part(ann: Account) -> None:
    use(ann, "Allotments")
    told = copy(ann)

    # Each row that was made for it, but for its number, which is told by the name of its sector.
    assert told[Document.JSON].count('"Allotments"') >= 11
    assert "Allotments" in told[Document.PAGE]
    assert "To find your account" in told[Document.PAGE]
    assert "Work that the law gives them" in told[Document.PAGE]


def test_the_page_has_words_where_the_file_has_codes(ann: Account) -> None:
    use(ann, "Allotments")
    told = copy(ann)
    assert '"language": "en-gb"' in told[Document.JSON]
    assert '"state": "active"' in told[Document.JSON]
    for words in ("<bdi>English</bdi>", "<bdi>Active</bdi>", "<bdi>You agreed</bdi>"):
        assert words in told[Document.PAGE]
    for code in ("<bdi>en-gb</bdi>", "<bdi>active</bdi>", "<bdi>agreed</bdi>"):
        assert code not in told[Document.PAGE]


@pytest.mark.parametrize("by", ["council", "owner"])
def test_a_private_service_leaves_no_trace_unless_it_is_asked_for(ann: Account, by: str) -> None:
    service = use(ann, "Refuge", is_sensitive=by == "council")
    if by == "owner":
        hiding.hide(account=ann, application=service, by=resident(ann))
    given_away = (
        "Refuge",
        service.slug,
        service.client_id,
        str(service.consents.get().pk),
        PairwiseSubject.objects.get().subject,
    )
    for document in copy(ann).values():
        assert [told for told in given_away if told in document] == []

    told = copy(ann, private=True)
    assert "Refuge" in told[Document.PAGE]
    assert told[Document.JSON].count('"Refuge"') >= 11


def test_what_was_told_stands_there_in_the_words_of_the_time(ann: Account) -> None:
    service = use(ann, "Allotments")
    version = service.scopes.get(scope="email").version
    ScopeTerms.objects.create(
        application=service,
        scope="email",
        version=version + 1,
        lawful_basis="consent",
        purpose="To sell you seeds",
        since=timezone.now(),
    )
    assert "To sell you seeds" not in copy(ann)[Document.JSON]
    Consent.objects.update(terms={"email": version + 1})
    assert "To sell you seeds" in copy(ann)[Document.JSON]


def test_nothing_of_another_account_on_the_same_mailbox_shows(ann: Account) -> None:
    ben = factories.account("ann@example.org", sign_in_name="ben77", full_name="Ben Example")
    Complaint.objects.create(
        code="CDFGHJKM",
        account=ben,
        kind="use",
        text="Bens",
        made_at=timezone.now(),
        due_on=date(2026, 12, 22),
    )
    use(ben, "Allotments")
    for document in copy(ann, private=True).values():
        for of_ben in ("ben77", "Ben Example", "Bens", str(ben.pk), "Allotments"):
            assert of_ben not in document


def test_no_secret_hash_or_name_of_staff_is_in_it(ann: Account) -> None:
    ann.set_password(factories.PASSWORD)
    ann.save()
    service = use(ann, "Allotments")
    Consent.objects.update(value_digests={"email": "k1:digest-of-a-value"})
    issued = factories.grant(service, account=ann)
    secrets = (
        ann.password,
        "argon2",
        issued.session.cookie_hash,
        issued.code,
        issued.grant.code_hash,
        issued.grant.nonce,
        "k1:",
    )
    for document in copy(ann, private=True).values():
        assert [secret for secret in secrets if secret in document] == []
