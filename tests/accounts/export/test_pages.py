"""Asking for a copy of everything, waiting for it, and deleting it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.limits.table import EXPORT
from accounts.models import Export, ExportChunk
from tests import factories
from tests.accounts import post
from tests.accounts.export.worker import COPY, NEW, ask, content, events, file, ready, work
from tests.accounts.limits.filling import fill
from tests.accounts.mfa.owner import ANN, Owner
from tests.accounts.profile.emails.resident import text
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

HOSTILE = 'Ann <script>alert("x")</script> & \u202eżó'


@pytest.fixture
def ann() -> Owner:
    return Owner()


def test_the_account_leads_to_the_page_that_says_what_a_copy_is(ann: Owner) -> None:
    assert f'href="{COPY}"' in ann.get("/account").content.decode()
    assert "You can have a copy of" in text(ann.get(COPY))


@pytest.mark.parametrize("path", [COPY, NEW, f"{COPY}/{uuid4()}/json", f"{COPY}/{uuid4()}/delete"])
def test_a_stranger_is_sent_to_sign_in(path: str) -> None:
    assert Visitor().get(path)["Location"].startswith("/sign-in?")


@pytest.mark.parametrize("choice", [{}, {"private": ""}, {"private": "maybe"}])
def test_whoever_does_not_choose_is_asked_again(ann: Owner, choice: dict[str, str]) -> None:
    response = ann.client.post(NEW, choice)

    assert response.status_code == 200
    assert "Choose whether private services should be in it" in text(response)
    assert not Export.objects.exists()


def test_the_page_says_how_far_it_is_and_its_owner_is_told_at_once(ann: Owner) -> None:
    export = ask(ann)
    assert "We are preparing your copy" in text(ann.get(COPY))
    Export.objects.update(state="preparing", parts_done=3, parts_all=20)
    assert "3 of 20 parts are done" in text(ann.get(COPY))

    letter = post.newest()
    assert "A copy of everything that we hold about you was asked for" in letter.text
    assert (events(), export.downloads) == (["asked"], 0)


def test_a_mail_says_that_it_is_ready_and_leads_nowhere(ann: Owner) -> None:
    ready(ann)
    letter = [mail for mail in post.letters() if mail.subject.endswith("ready to download")][-1]

    for given_away in ("Ann Example", "http://localhost:8000/", "/account/copy"):
        assert given_away not in letter.text + letter.html
    assert "sign in as you always do" in letter.text


def test_where_several_people_read_the_mailbox_it_says_whose_copy_it_is(ann: Owner) -> None:
    factories.account(ANN, sign_in_name="bob")
    ready(ann)
    letter = [mail for mail in post.letters() if mail.subject.endswith("ready to download")][-1]
    for words in (letter.text, letter.html):
        assert f"the one with the sign-in name {ANN}" in " ".join(words.split())


def test_an_open_browser_does_not_tell_whether_private_services_were_asked_for(ann: Owner) -> None:
    ready(ann, "yes")
    with_private = text(ann.get(COPY))
    Export.objects.update(includes_private=False)
    assert text(ann.get(COPY)) == with_private


def test_no_mail_goes_to_an_unsafe_address(ann: Owner) -> None:
    ann.account.email_addresses.update(unsafe_since=timezone.now())
    before = len(post.letters())
    ready(ann)

    assert len(post.letters()) == before


def test_two_tabs_and_a_form_sent_again_make_one_copy(ann: Owner) -> None:
    first = ask(ann)
    assert ask(ann, "yes") == first
    work()
    assert ask(ann, "yes") == first
    assert ann.get(NEW)["Location"] == COPY
    assert events() == ["asked", "prepared"]
    assert Export.objects.get().includes_private is False


def test_no_more_than_some_are_prepared_in_a_day(ann: Owner) -> None:
    fill(EXPORT, str(ann.account.pk))
    response = ann.client.post(NEW, {"private": "no"})

    assert response.status_code == 429
    assert not Export.objects.exists()


def test_a_deleted_copy_is_gone_and_another_can_be_asked_for(ann: Owner) -> None:
    export = ready(ann)
    page = f"{COPY}/{export.pk}/delete"
    assert "stay where you saved them" in text(ann.get(page))
    assert ann.client.post(page)["Location"] == COPY
    assert ann.client.post(page)["Location"] == COPY

    assert not ExportChunk.objects.exists()
    for path in (file(export), file(export, "page"), page):
        response = ann.get(path)
        assert response.status_code == 410
        assert "This copy is not here any more" in text(response)
    assert events() == ["asked", "prepared", "deleted"]
    assert ready(ann) != export


def test_a_copy_is_gone_when_its_days_are_over(ann: Owner) -> None:
    export = ready(ann)
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert ann.get(file(export)).status_code == 410
    assert "You can have a copy of" in text(ann.get(COPY))
    assert events() == ["asked", "prepared"]


def test_one_that_failed_says_so_and_is_offered_again(ann: Owner) -> None:
    export = ask(ann)
    Export.objects.update(state="failed", failure="too_large")

    page = text(ann.get(COPY))
    assert "We could not prepare your copy" in page
    assert "more about you than fits" in page
    assert ann.get(file(export)).status_code == 410
    assert ready(ann) != export


def test_one_that_no_worker_ever_ended_says_what_to_do_too(ann: Owner) -> None:
    ask(ann)
    Export.objects.update(state="failed")
    assert "Ask for a copy again. If that fails too, call us" in text(ann.get(COPY))


def test_history_shows_what_was_done_with_copies(ann: Owner) -> None:
    content(ann.get(file(ready(ann))))
    page = text(ann.get("/account/history"))

    assert "Copy of everything asked for" in page
    assert "Copy of everything downloaded" in page
