"""`manage.py account mark-unsafe` and `mark-safe`."""

import pytest
from django.core.management import CommandError

from accounts.models import EmailAddress, Phone
from tests import factories
from tests.accounts import post
from tests.commands import run, text

pytestmark = pytest.mark.django_db


def test_staff_mark_an_address_unsafe_even_the_last_and_safe_again() -> None:
    factories.account("ann@example.org")
    [row] = run("account", "mark-unsafe", "ann@example.org", "Ann@Example.org")
    assert row == {"kind": "email", "channel": "ann@example.org", "unsafe": True}
    assert post.letters() == []
    [row] = run("account", "mark-safe", "ann@example.org", "ann@example.org")
    assert row["unsafe"] is False
    assert EmailAddress.objects.get().unsafe_since is None


def test_staff_read_what_follows_where_no_safe_address_is_left() -> None:
    ann = factories.account("ann@example.org")
    named = ("account", "mark-unsafe", "ann@example.org", "ann@example.org")
    assert "gets no mail at all" in text(*named)[1]
    shown = run("account", "show", "ann@example.org")
    assert (shown["unsafe"], shown["frozen_at"]) == (["ann@example.org"], None)
    factories.email_address(ann, "second@example.org", is_primary=False)
    assert text(*named)[1] == ""


def test_a_freeze_is_shown_with_what_ends_it() -> None:
    factories.account("ann@example.org")
    shown = run("account", "freeze", "ann@example.org")
    assert shown["frozen_at"]
    assert (shown["frozen_by"], shown["unfreezes_at_level"]) == ("operator", 1)


def test_a_phone_is_named_by_its_kind() -> None:
    ann = factories.account("ann@example.org")
    Phone.objects.create(account=ann, number="+442079460000")
    run("account", "mark-unsafe", "ann@example.org", "phone")
    assert Phone.objects.get().unsafe_since is not None


@pytest.mark.parametrize("named", ["ben@example.org", "phone", "email", ""])
def test_what_the_account_has_not_is_refused(named: str) -> None:
    factories.account("ann@example.org")
    with pytest.raises(CommandError, match="has no"):
        run("account", "mark-unsafe", "ann@example.org", named)


def test_an_account_that_nobody_has_is_refused() -> None:
    with pytest.raises(CommandError, match="no account"):
        run("account", "mark-unsafe", "nobody", "phone")
