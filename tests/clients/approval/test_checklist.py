"""How each line of the checklist stands, and what it says that it rests on."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import resident
from clients.applications.addresses.rules import AddressProblem
from clients.applications.writing import ApplicationRefusedError
from clients.approval import operations, page, queries
from clients.approval.rules import Item, Mark, Tried, checklist
from clients.models import Application, Submission
from tests.clients.approval import rounds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


def _marks(submission: Submission, tried: Tried | None = None) -> dict[Item, Mark]:
    return checklist(queries.facts(submission, tried=tried or Tried()))


def _begun(application: Application) -> Submission:
    by = resident(rounds.owner(application))
    return operations.draft(application=application, by=by)


def test_nothing_that_leads_to_the_sandboxs_program_goes_live_by_itself() -> None:
    sandbox = rounds.sandbox(
        redirect_uris="https://test.example.org/callback",
        post_logout_redirect_uris="https://test.example.org/",
        home_url="https://test.example.org/",
        backchannel_logout_uri="https://test.example.org/out",
    )
    draft = _begun(sandbox)
    asked = queries.proposed(draft)
    assert (asked.addresses.redirect_uris, asked.home_url) == ((), "")
    assert asked.addresses.post_logout_redirect_uris == ()
    assert asked.callbacks.backchannel_logout_uri == ""
    assert _marks(draft)[Item.ADDRESSES] is Mark.MISSING


def test_keys_of_the_sandbox_are_not_those_of_the_live_application() -> None:
    uri = "https://test.example.org/jwks"
    sandbox = rounds.sandbox(token_endpoint_auth_method="private_key_jwt", jwks_uri=uri)
    draft = _begun(sandbox)
    assert _marks(draft)[Item.KEYS] is Mark.MISSING
    by = resident(rounds.owner(sandbox))
    same = operations.change(submission=draft, parts={"jwks_uri": uri, "jwks": None}, by=by)
    assert _marks(same)[Item.KEYS] is Mark.PROBLEM
    own = {"jwks_uri": "https://parking.example.org/jwks", "jwks": None}
    assert _marks(operations.change(submission=same, parts=own, by=by))[Item.KEYS] is Mark.DONE


def test_the_name_in_the_sandboxs_certificate_is_not_that_of_the_live_application(
    settings: Settings,
) -> None:
    settings.MTLS_ADDRESS = "https://mtls.login.example.org"
    known = {"certificate_subject_kind": "san_dns", "certificate_subject": "test.example.org"}
    draft = _begun(rounds.sandbox(token_endpoint_auth_method="tls_client_auth", **known))
    assert _marks(draft)[Item.CERTIFICATE] is Mark.MISSING
    assert _marks(_begun(rounds.sandbox()))[Item.CERTIFICATE] is Mark.NOT_NEEDED
    by = resident(rounds.owner(draft.application))
    own = {"certificate_subject_kind": "san_dns", "certificate_subject": "api.example.org"}
    assert (
        _marks(operations.change(submission=draft, parts=own, by=by))[Item.CERTIFICATE] is Mark.DONE
    )
    wild = {**own, "certificate_subject": "*.example.org"}
    with pytest.raises(ApplicationRefusedError):
        operations.change(submission=draft, parts=wild, by=by)


def test_one_page_is_saved_while_another_is_not_done_yet() -> None:
    draft = _begun(rounds.sandbox())
    by = resident(rounds.owner(draft.application))
    operations.change(submission=draft, parts={"contacts": ["Kim"]}, by=by)
    parts = {"redirect_uris": ["http://parking.example.org/callback"]}
    with pytest.raises(ApplicationRefusedError) as refused:
        operations.change(submission=draft, parts=parts, by=by)
    assert [one.problem for one in refused.value.findings] == [AddressProblem.HTTP]
    assert Submission.objects.get().proposal == {"contacts": ["Kim"]}


def test_what_failed_is_a_problem_and_what_nobody_began_is_missing() -> None:
    draft = _begun(rounds.sandbox())
    marks = _marks(draft)
    assert {marks[Item.NOTICE], marks[Item.AGREEMENT]} == {Mark.MISSING}
    draft.proposal = {"privacy_url": rounds.NOTICE}
    draft.notice_address, draft.notice_answer = rounds.NOTICE, "unreachable"
    draft.agreement_reference = "DSA-1"
    draft.agreement_ends_on = timezone.localdate() + timedelta(days=29)
    marks = _marks(draft)
    assert {marks[Item.NOTICE], marks[Item.AGREEMENT]} == {Mark.PROBLEM}


def test_a_change_of_a_live_application_shows_nothing_in_its_sandbox_again() -> None:
    live = rounds.sandbox(environment="live", redirect_uris=rounds.LIVE_ADDRESS)
    facts = queries.facts(_begun(live), tried=queries.needed(live, Tried()))
    assert Item.SIGN_IN not in checklist(facts)


def test_what_was_shown_is_kept_as_it_stood_and_what_is_gone_since_is_marked() -> None:
    sent = rounds.submitted()
    lines = {line.item: line for line in page.sent_lines(sent)}
    assert lines[Item.OWNERS].evidence == "2 owners"
    assert "DSA-2026-17, until" in lines[Item.AGREEMENT].evidence
    assert "Seen on" in lines[Item.SIGN_IN].evidence
    assert not any(line.is_gone for line in lines.values())
    sent.application.organisation.proofs.update(state="lapsed")
    gone = {line.item for line in page.sent_lines(sent) if line.is_gone}
    assert gone == {Item.PROOF}


def test_what_the_sandbox_became_meanwhile_is_asked_for_after_it_was_taken_back() -> None:
    sent = rounds.submitted()
    by = resident(rounds.owner(sent.application))
    sent.application.scopes.update(purpose="To send permits")
    assert queries.proposed(sent).scopes[0].purpose != "To send permits"
    draft = operations.take_back(submission=sent, by=by)
    assert queries.proposed(draft).scopes[0].purpose == "To send permits"
    assert queries.proposed(draft).addresses.redirect_uris == (rounds.LIVE_ADDRESS,)
