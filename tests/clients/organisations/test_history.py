"""Members read what was done to their organisation and by whom, and nothing about residents."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.audit.actor import OPERATOR, SYSTEM, Actor, ActorKind, resident
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from clients.models import Member
from clients.organisations.history.wording import TOLD, UNTOLD
from clients.organisations.members import operations as members
from tests import factories
from tests.clients.colleague import Colleague, member

pytestmark = pytest.mark.django_db


def _page(row: Member, colleague: Colleague, query: str = "") -> str:
    answer = colleague.get(f"/organisations/{row.organisation.slug}/history{query}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def _happened(row: Member, event: Event, by: Actor, **columns: object) -> None:
    about = About(**{"organisation_id": row.organisation_id, **columns})  # type: ignore[arg-type]
    with transaction.atomic():
        record(event, by=by, about=about)


def test_nothing_has_happened_yet() -> None:
    assert "Nothing has happened yet" in _page(*member())


def test_it_says_who_did_what() -> None:
    owner, colleague = member()
    Account.objects.filter(pk=owner.account_id).update(full_name="Bea Owner")
    other, _ = member(Member.Role.VIEWER, of=owner.organisation)
    Account.objects.filter(pk=other.account_id).update(full_name="Cy Viewer")
    members.change_role(
        organisation=owner.organisation,
        number=other.pk,
        role=Member.Role.DEVELOPER,
        by=resident(owner.account),
    )
    page = _page(owner, colleague)
    assert "Cy Viewer has another role: Developer Bea Owner" in page


def test_an_application_is_named() -> None:
    owner, colleague = member()
    application = factories.application(of=owner.organisation, name="Bin <i>Days")
    _happened(
        owner,
        Event.CLIENT_SECRET_ROTATED,
        resident(owner.account),
        application_id=application.client_id,
    )
    answer = colleague.get(f"/organisations/{owner.organisation.slug}/history").content.decode()
    assert "Bin &lt;i&gt;Days: the secret was replaced" in answer


def test_another_organisations_application_is_not_named() -> None:
    owner, colleague = member()
    foreign = factories.application(of=factories.organisation(), name="Elsewhere")
    _happened(owner, Event.APPLICATION_CHANGED, OPERATOR, application_id=foreign.client_id)
    assert "Elsewhere" not in _page(owner, colleague)


def test_the_councils_staff_have_no_names_here() -> None:
    owner, colleague = member()
    staff = factories.account(full_name="Dee Approver")
    _happened(owner, Event.SUBMISSION_APPROVED, resident(staff))
    _happened(owner, Event.ORGANISATION_SUSPENDED, OPERATOR)
    _happened(owner, Event.PROOF_LAPSED, SYSTEM)
    page = _page(owner, colleague)
    assert "Dee Approver" not in page
    assert page.count("The council") >= 3


def test_a_program_is_called_one() -> None:
    owner, colleague = member()
    _happened(owner, Event.APPLICATION_CREATED, Actor(ActorKind.APPLICATION, "x"))
    assert "created A program" in _page(owner, colleague)


def test_who_was_a_member_is_still_named() -> None:
    owner, colleague = member()
    gone = factories.account(full_name="Eve Former")
    added = members.add(
        organisation=owner.organisation,
        account=gone,
        role=Member.Role.VIEWER,
        by=resident(owner.account),
    )
    members.leave(organisation=owner.organisation, number=added.pk, by=resident(gone))
    assert "Eve Former left Eve Former" in _page(owner, colleague)


@pytest.mark.parametrize(
    "event",
    [
        Event.SESSION_STARTED,
        Event.CONSENT_GRANTED,
        Event.TOKENS_ISSUED,
        Event.ORGANISATION_ACCESS_REFUSED,
    ],
)
def test_what_residents_did_is_theirs(event: Event) -> None:
    owner, colleague = member()
    person = factories.account(full_name="Finn Resident")
    _happened(owner, event, resident(person), account_id=person.pk)
    assert "Nothing has happened yet" in _page(owner, colleague)


def test_another_organisations_history_is_its_own() -> None:
    owner, colleague = member()
    other, _ = member()
    _happened(other, Event.ORGANISATION_SUSPENDED, OPERATOR)
    assert "Nothing has happened yet" in _page(owner, colleague)


@pytest.mark.parametrize("query", ["", "?page=2", "?page=99", "?page=0", "?page=x"])
def test_it_comes_in_pages(query: str) -> None:
    owner, colleague = member()
    for number in range(21):
        kind = Event.APPLICATION_CREATED if number else Event.ORGANISATION_CREATED
        _happened(owner, kind, OPERATOR)
    page = _page(owner, colleague, query)
    is_last = query in {"?page=2", "?page=99", "?page=0"}
    assert ("Organisation created" in page) is is_last
    assert ("Older" in page) is not is_last


def test_somebody_whose_account_is_gone_breaks_nothing() -> None:
    owner, colleague = member()
    _happened(owner, Event.MEMBER_REMOVED, OPERATOR, account_id=uuid4())
    assert "Somebody was removed The council" in _page(owner, colleague)


@pytest.mark.parametrize(
    "event", [event for event in Event if event.startswith(("organisation:", "application:"))]
)
def test_an_event_of_an_organisation_has_words_or_is_left_out_on_purpose(event: Event) -> None:
    assert (event in TOLD) is not (event in UNTOLD)
