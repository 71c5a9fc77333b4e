"""A domain or a number shows who an organisation is, once it was checked and while it is there."""

from datetime import timedelta
from functools import partial
from typing import Any
from unittest import mock
from uuid import uuid4

import dns.rcode
import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.audit.events import Event
from accounts.limits import table
from accounts.limits.operations import hit
from accounts.models import Account, AuditEvent, EmailAddress, OutboundMessage
from clients.models import Member, Organisation, OrganisationProof
from clients.organisations.proving import due, lookup, operations, queries, rules
from clients.organisations.proving.operations import ProofRefusedError, UnknownProofError
from clients.organisations.proving.rules import Missing
from tests import factories
from tests.clients.colleague import member
from tests.clients.organisations import name_server


def test_the_records_of_exactly_this_name_are_read(settings: Settings) -> None:
    with name_server.serving({"_borough-login.riverside.org": ["one", "two|three"]}) as address:
        settings.DNS_SERVERS = [address]
        assert sorted(lookup.texts("_borough-login.riverside.org")) == ["one", "twothree"]
        assert lookup.texts("riverside.org") == []


def test_texts_too_long_to_be_ours_are_left_out(settings: Settings) -> None:
    with name_server.serving({"a.riverside.org": ["x" * 201, "ours"]}) as address:
        settings.DNS_SERVERS = [address]
        assert lookup.texts("a.riverside.org") == ["ours"]


def test_a_name_server_that_cannot_answer_says_nothing_of_the_domain(settings: Settings) -> None:
    settings.DNS_TIMEOUT = timedelta(seconds=1)
    with name_server.serving({}, rcode=dns.rcode.SERVFAIL) as address:
        settings.DNS_SERVERS = [address]
        with pytest.raises(lookup.LookupFailedError):
            lookup.texts("a.riverside.org")


def _texts(found: list[str] | Exception) -> Any:  # noqa: ANN401 - as mock's
    answer = {"side_effect": found} if isinstance(found, Exception) else {"return_value": found}
    return mock.patch.object(lookup, "texts", **answer)


def _domain(organisation: Organisation, **columns: Any) -> OrganisationProof:
    columns = {"kind": "domain", "value": "riverside.org", "token": "t" * 43, **columns}
    return OrganisationProof.objects.create(organisation=organisation, **columns)


def _path(row: Member, *parts: object) -> str:
    return "/".join([f"/organisations/{row.organisation.slug}/details", *map(str, parts)])


@pytest.mark.django_db
def test_a_domain_counts_once_its_record_is_found() -> None:
    owner, colleague = member()
    page = colleague.post(_path(owner, "new"), kind="domain", value="Riverside.org")["Location"]
    proof = OrganisationProof.objects.get()
    shown = colleague.get(page).content.decode()
    assert "_borough-login.riverside.org" in shown
    assert rules.record_of(proof.token) in shown
    assert Missing.PROOF in rules.ready_to_go_live(queries.evidence(owner.organisation))
    with _texts(["v=spf1 -all"]) as asked:
        answer = colleague.post(page, decision="check").content.decode()
        assert "did not find the record" in answer
        assert "<title>Error:" in answer
    asked.assert_called_once_with("_borough-login.riverside.org")
    with _texts(["v=spf1 -all", rules.record_of(proof.token)]):
        assert colleague.post(page, decision="check").status_code == 303
    assert "Checked" in colleague.get(page).content.decode()
    assert Missing.PROOF not in rules.ready_to_go_live(queries.evidence(owner.organisation))
    assert AuditEvent.objects.filter(event=Event.PROOF_ACCEPTED).count() == 1
    told = OutboundMessage.objects.filter(template="partners/proof_changed")
    assert told.count() == 1


@pytest.mark.django_db
def test_another_organisations_record_does_not_count() -> None:
    owner, colleague = member()
    proof = _domain(owner.organisation)
    other = _domain(factories.organisation(), token="u" * 43)
    with _texts([rules.record_of(other.token)]):
        colleague.post(_path(owner, proof.pk), decision="check")
    proof.refresh_from_db()
    assert proof.state == "waiting"


@pytest.mark.django_db
def test_name_servers_that_do_not_answer_change_nothing() -> None:
    owner, colleague = member()
    proof = _domain(owner.organisation, state="standing")
    with _texts(lookup.LookupFailedError()):
        answer = colleague.post(_path(owner, proof.pk), decision="check")
    assert "did not answer" in answer.content.decode()
    proof.refresh_from_db()
    assert (proof.state, proof.missing_since) == ("standing", None)


@pytest.mark.django_db
def test_nobody_has_us_ask_name_servers_without_end() -> None:
    owner, colleague = member()
    proof = _domain(owner.organisation)
    for _ in range(table.DOMAIN_LOOKUP.amount):
        hit(table.DOMAIN_LOOKUP, str(owner.organisation_id))
    with _texts([]) as asked:
        assert colleague.post(_path(owner, proof.pk), decision="check").status_code == 429
    asked.assert_not_called()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind, value, problem",
    [
        ("domain", "", "Enter the domain or number"),
        ("domain", "co.uk", "Others register domains"),
        ("domain", "192.0.2.1", "not the number of a machine"),
        ("domain", "x" * 301, "Enter a domain"),
        ("charity", "abc", "Enter a charity number"),
        ("company", "abc", "Enter a company number"),
        ("", "riverside.org", "Choose what shows"),
    ],
)
def test_what_shows_nothing_is_asked_again(kind: str, value: str, problem: str) -> None:
    owner, colleague = member()
    answer = colleague.post(_path(owner, "new"), kind=kind, value=value)
    assert answer.status_code == 200
    assert problem in answer.content.decode()
    assert not OrganisationProof.objects.exists()


@pytest.mark.django_db
def test_the_same_is_given_once_and_not_without_end() -> None:
    organisation = factories.organisation()
    for number in range(rules.MOST_PROOFS):
        value = f"{1234560 + number}"
        operations.give(organisation=organisation, kind="charity", value=value, by=OPERATOR)
    with pytest.raises(ProofRefusedError, match="too_many"):
        operations.give(organisation=organisation, kind="charity", value="7654321", by=OPERATOR)
    OrganisationProof.objects.exclude(value="1234560").delete()
    with pytest.raises(ProofRefusedError, match="given"):
        operations.give(organisation=organisation, kind="charity", value="1234560", by=OPERATOR)


@pytest.mark.django_db
def test_a_proof_is_removed_by_its_own_organisation_alone() -> None:
    owner, colleague = member()
    foreign = _domain(factories.organisation())
    assert colleague.post(_path(owner, foreign.pk), decision="remove").status_code == 404
    assert colleague.get(_path(owner, uuid4())).status_code == 404
    own = _domain(owner.organisation)
    colleague.post(_path(owner, own.pk), decision="remove")
    assert list(OrganisationProof.objects.all()) == [foreign]


@pytest.mark.django_db
def test_a_number_waits_for_the_council_and_its_answer_is_shown() -> None:
    owner, colleague = member()
    page = colleague.post(_path(owner, "new"), kind="charity", value="1234567")["Location"]
    assert "Waiting for the council" in colleague.get(page).content.decode()
    with _texts([]) as asked:
        colleague.post(page, decision="check")
    asked.assert_not_called()
    proof = OrganisationProof.objects.get()
    decide = partial(
        operations.decide, organisation=owner.organisation, number=proof.pk, by=OPERATOR
    )
    decide(accepted=False, reason="No charity of this number")
    assert "No charity of this number" in colleague.get(page).content.decode()
    with pytest.raises(UnknownProofError):
        decide(accepted=True, reason="")


@pytest.mark.django_db
def test_the_council_does_not_vouch_for_a_domain() -> None:
    owner, _ = member()
    proof = _domain(owner.organisation)
    with pytest.raises(UnknownProofError):
        operations.decide(
            organisation=owner.organisation,
            number=proof.pk,
            accepted=True,
            reason="",
            by=OPERATOR,
        )


@pytest.mark.django_db
def test_a_domain_without_its_record_for_a_week_shows_nothing_any_more() -> None:
    owner, _ = member()
    long_ago = timezone.now() - timedelta(days=30)
    proof = _domain(owner.organisation, state="standing", checked_at=long_ago)
    with _texts([]):
        assert due.check_domains(now=timezone.now()) == 1
        proof.refresh_from_db()
        assert (proof.state, proof.missing_since is None) == ("standing", False)
        assert due.check_domains(now=timezone.now()) == 0
        with time_machine.travel(timezone.now() + timedelta(days=6)):
            due.check_domains(now=timezone.now())
        proof.refresh_from_db()
        assert proof.state == "standing"
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            due.check_domains(now=timezone.now())
    proof.refresh_from_db()
    assert proof.state == "lapsed"
    assert OutboundMessage.objects.filter(template="partners/proof_changed").count() == 1


@pytest.mark.django_db
def test_a_record_that_is_back_within_the_week_counts_as_before() -> None:
    owner, _ = member()
    long_ago = timezone.now() - timedelta(days=30)
    gone = timezone.now() - timedelta(days=5)
    proof = _domain(owner.organisation, state="standing", checked_at=long_ago, missing_since=gone)
    with _texts([rules.record_of(proof.token)]):
        due.check_domains(now=timezone.now())
    proof.refresh_from_db()
    assert (proof.state, proof.missing_since) == ("standing", None)


@pytest.mark.django_db
def test_a_night_without_an_answer_takes_nothing_away() -> None:
    owner, _ = member()
    long_ago = timezone.now() - timedelta(days=30)
    proof = _domain(
        owner.organisation, state="standing", checked_at=long_ago, missing_since=long_ago
    )
    with _texts(lookup.LookupFailedError()):
        assert due.check_domains(now=timezone.now()) == 0
    proof.refresh_from_db()
    assert proof.state == "standing"


@pytest.mark.django_db
def test_two_accounts_of_one_mailbox_are_one_owner() -> None:
    owner, _ = member()
    other, _ = member(of=owner.organisation)
    assert queries.evidence(owner.organisation).owners == 2
    key = EmailAddress.objects.get(account=owner.account).address_key
    EmailAddress.objects.filter(account=other.account).update(address_key=key)
    assert queries.evidence(owner.organisation).owners == 1
    Account.objects.filter(pk=other.account_id).update(status=Account.Status.SUSPENDED)
    assert queries.evidence(owner.organisation).owners == 1


@pytest.mark.django_db
def test_whoever_only_looks_sees_what_is_missing_and_no_way_to_change_it() -> None:
    owner, _ = member()
    viewer, colleague = member(Member.Role.VIEWER, of=owner.organisation)
    page = colleague.get(_path(viewer)).content.decode()
    assert "A second owner" in page
    assert "Proof of who you are" in page
    assert "Give a domain" not in page
