"""A new sheet by post: for whoever's own is nearly used up, to a checked address, after the old."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.mfa import numbered_codes
from accounts.mfa.code_sheets.operations import asked, check
from accounts.mfa.code_sheets.rules import COUNT, FEW
from accounts.mfa.posted_sheets.jobs import send_sheet
from accounts.mfa.wording import about
from accounts.models import Account, Authenticator, Letter, NumberedCode, PostalAddress
from tests import factories
from tests.accounts import post
from tests.accounts.letters import pillar_box
from tests.accounts.mfa.owner import WAYS, Owner, asks_to_sign_in
from tests.accounts.visitor import Response
from tests.factories import PASSWORD, ways

pytestmark = pytest.mark.django_db

PAGE = f"{WAYS}/code-sheet/post"
LONG_AGO = timezone.now() - timedelta(days=60)


@pytest.fixture
def ann(settings: Settings) -> Account:
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
    pillar_box.posted.clear()
    pillar_box.broken.clear()
    account = factories.account("ann@example.org", password=PASSWORD)
    PostalAddress.objects.create(
        account=account,
        lines="1 High Street",
        postcode="EX1 1AA",
        changed_at=LONG_AGO,
        checked_at=LONG_AGO,
    )
    return account


def leave(account: Account, count: int) -> list[str]:
    """Give the account a sheet with so many codes left, and return those, the next one first."""
    codes = ways.sheet(account, last_used_at=timezone.now(), created_at=LONG_AGO)
    NumberedCode.objects.filter(number__lte=COUNT - count).update(used_at=timezone.now())
    return codes[COUNT - count :]


def owner(account: Account) -> Owner:
    return Owner(account, app=ways.app(account))


def ask(account: Account) -> Response:
    return owner(account).client.post(PAGE)


def worked() -> Letter:
    """Do what the worker does with the letter that is queued."""
    letter = Letter.objects.get()
    send_sheet.call(str(letter.pk))
    letter.refresh_from_db()
    return letter


def posted(account: Account) -> Authenticator | None:
    return Authenticator.objects.filter(account=account, letters__isnull=False).first()


def test_a_sheet_is_posted_to_the_checked_address_and_its_owner_is_told(ann: Account) -> None:
    leave(ann, FEW)
    browser = owner(ann)
    assert "Have a new one posted" in browser.get(WAYS).text
    assert "1 High Street" in browser.get(PAGE).text
    assert browser.client.post(PAGE)["Location"] == f"{PAGE}?sent"
    letter = worked()
    assert (letter.kind, letter.state) == ("code_sheet", "sent")
    assert pillar_box.posted[0][1].startswith(b"%PDF")
    assert "A way to sign in was added" in post.newest().text
    assert "Have a new one posted" not in browser.get(WAYS).text


def test_the_sheet_in_hand_is_used_up_before_the_posted_one(ann: Account) -> None:
    [last] = leave(ann, 1)
    ask(ann)
    worked()
    new = posted(ann)
    assert new is not None
    assert "Posted to you" in " ".join(about(new))
    due = asked(ann)
    assert due is not None
    assert due.way != new
    assert check(ann, last) == due.way
    due = asked(ann)
    assert due is not None
    assert (due.way, due.number, due.left) == (new, 1, COUNT)


def test_its_codes_count_only_once_it_has_left(ann: Account) -> None:
    leave(ann, FEW)
    ask(ann)
    pillar_box.broken.append(True)
    assert worked().state == "queued"
    assert posted(ann) is None
    assert NumberedCode.objects.count() == COUNT
    pillar_box.broken.clear()
    assert worked().state == "sent"
    new = posted(ann)
    assert new is not None
    assert numbered_codes.left(new).count == COUNT


@pytest.mark.parametrize("codes", [None, FEW + 1])
def test_none_is_posted_where_none_is_nearly_used_up(ann: Account, codes: int | None) -> None:
    if codes is not None:
        leave(ann, codes)
    response = ask(ann)
    assert "We post a new sheet when" in response.text
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"checked_at": None},
        {"unsafe_since": LONG_AGO},
        {"changed_at": timezone.now() - timedelta(days=2)},
    ],
)
def test_none_is_posted_to_an_address_that_is_not_fit(
    ann: Account, columns: dict[str, object]
) -> None:
    leave(ann, FEW)
    PostalAddress.objects.update(**columns)
    assert "We cannot post you a sheet" in ask(ann).text
    assert not Letter.objects.exists()


def test_none_is_written_once_the_address_is_unsafe_or_the_old_sheet_gone(ann: Account) -> None:
    leave(ann, FEW)
    ask(ann)
    Authenticator.objects.filter(kind="code_sheet").delete()
    assert worked().state == "dropped"
    assert pillar_box.posted == []


def test_a_way_added_a_short_while_ago_asks_for_none(ann: Account) -> None:
    leave(ann, FEW)
    app = ways.app(ann, added_at_one_factor=True)
    assert "less than 24 hours ago" in Owner(ann, app=app).client.post(PAGE).text
    assert not Letter.objects.exists()


def test_an_old_sign_in_is_asked_for_again(ann: Account) -> None:
    leave(ann, FEW)
    browser = owner(ann)
    browser.grow_stale()
    assert asks_to_sign_in(browser.client.post(PAGE))
    assert not Letter.objects.exists()


def test_two_in_four_weeks(ann: Account) -> None:
    leave(ann, FEW)
    browser = owner(ann)
    assert [browser.client.post(PAGE).status_code for _time in range(3)] == [302, 302, 429]
