"""Complaining, and reading what came of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.complaints import rules
from accounts.models import AuditEvent, Complaint, EmailAddress
from tests import factories
from tests.accounts import post
from tests.accounts.profile.emails.resident import Resident, text
from tests.accounts.visitor import Visitor
from tests.commands import run

pytestmark = pytest.mark.django_db

NEW = "/account/complaints/new"
SAID = "You have my birthday wrong & <b>will not</b> change it"


@pytest.fixture
def ann() -> Resident:
    return Resident()


def complain(ann: Resident, **fields: str) -> str:
    """Send a complaint and return the address of its page."""
    response = ann.post(NEW, **{"kind": "wrong", "text": SAID, **fields})
    assert response.status_code == 303, text(response)
    return str(response["Location"])


@pytest.mark.parametrize("path", ["/account/complaints", NEW, "/account/complaints/CDFGHJKM"])
def test_a_stranger_is_sent_to_sign_in(path: str) -> None:
    assert Visitor().get(path)["Location"].startswith("/sign-in?")


def test_without_any_it_says_so_and_the_account_leads_there(ann: Resident) -> None:
    assert 'href="/account/complaints"' in ann.get("/account").content.decode()
    assert "You have sent us nothing so far." in text(ann.get("/account/complaints"))


def test_what_was_sent_is_shown_with_its_reference_and_the_day_of_the_answer(
    ann: Resident,
) -> None:
    page = text(ann.get(complain(ann)))
    made = Complaint.objects.get()

    assert made.due_on == timezone.localdate() + timedelta(days=30)
    assert f"{made.code[:4]}-{made.code[4:]}" in page
    assert "You have my birthday wrong &amp; &lt;b&gt;will not&lt;/b&gt; change it" in page
    listed = text(ann.get("/account/complaints"))
    assert (
        "Something that you hold about me is wrong, and I cannot change it We answer by" in listed
    )
    event = AuditEvent.objects.get(event="account:complaint:made")
    assert (event.object_id, event.reason, dict(event.detail)) == (made.code, "wrong", {})


def test_the_mail_that_confirms_it_says_nothing_of_what_it_is_about(ann: Resident) -> None:
    complain(ann)
    letter = post.newest()

    assert letter.subject == "We have what you sent us"
    for said in ("birthday", Complaint.objects.get().code, "wrong"):
        assert said not in letter.text + letter.html


def test_no_mail_goes_to_an_unsafe_address(ann: Resident) -> None:
    EmailAddress.objects.update(unsafe_since=timezone.now())
    before = len(post.letters())
    complain(ann)

    assert len(post.letters()) == before


@pytest.mark.parametrize(
    "fields, problem",
    [
        ({"kind": ""}, "Choose what it is about"),
        ({"kind": "other"}, "Choose what it is about"),
        ({"text": ""}, "Tell us what happened"),
        ({"text": " \n "}, "Tell us what happened"),
        ({"text": "x" * 4001}, "What you tell us must be 4000 characters or fewer"),
        ({"text": "a\0b"}, "There is a problem"),
    ],
)
def test_what_cannot_be_answered_is_asked_for_again(
    fields: dict[str, str], problem: str, ann: Resident
) -> None:
    response = ann.post(NEW, **{"kind": "wrong", "text": SAID, **fields})

    assert response.status_code == 200
    assert problem in text(response)
    assert not Complaint.objects.exists()


def test_whoever_has_many_open_ones_is_asked_to_call(ann: Resident) -> None:
    for _number in range(rules.OPEN_AT_ONCE):
        complain(ann)
    page = text(ann.post(NEW, kind="use", text=SAID))

    assert "call us about the next one" in page
    assert "will not" in page
    assert Complaint.objects.count() == rules.OPEN_AT_ONCE
    Complaint.objects.update(answered_at=timezone.now(), outcome="upheld")
    complain(ann)


def test_nobody_reads_anothers(ann: Resident) -> None:
    page = complain(ann)
    Complaint.objects.update(account=factories.account("ben@example.org"))

    assert ann.get(page).status_code == 404
    assert "nothing so far" in text(ann.get("/account/complaints"))


def test_the_answer_is_on_the_page_and_a_mail_says_that_it_is(
    ann: Resident, tmp_path: Path
) -> None:
    page = complain(ann)
    answer = tmp_path / "answer.txt"
    answer.write_text("It was wrong.\nIt is right <now>.")
    code = Complaint.objects.get().code
    run("complaint", "answer", code, "--outcome", "partly_upheld", "--file", str(answer))

    assert post.newest().subject == "We have answered you"
    shown = ann.get(page).content.decode()
    assert "We agree with part of it" in shown
    assert "It was wrong.<br>It is right &lt;now&gt;." in shown
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    Complaint.objects.update(made_at=noon, answered_at=noon + timedelta(days=9))
    shown = ann.get(page).content.decode()
    assert "You sent it on 4 March 2026:" in shown
    assert "We answered on 13 March 2026:" in shown
    assert "We agree with part of it" in text(ann.get("/account/complaints"))
