"""`manage.py account ways`, `lend-key` and `take-back-key`."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError
from django.utils import timezone

from accounts.mfa.wording import about
from accounts.models import Account, AuditEvent, Authenticator
from tests import factories
from tests.accounts import post
from tests.commands import run, text
from tests.factories import ways

pytestmark = pytest.mark.django_db


def test_a_key_is_noted_as_lent_once_and_its_owner_reads_so() -> None:
    key = ways.way(factories.account("ann@example.org"), "security_key", label="blue")
    for _time in range(2):
        [row] = run("account", "lend-key", "ann@example.org", str(key.pk))
        assert row["lent_by_council"] is True
    key.refresh_from_db()
    assert "Lent by the council." in about(key)
    assert AuditEvent.objects.filter(event="account:authenticator:lent").count() == 1


def test_staff_see_the_ways_but_not_what_their_owner_calls_them() -> None:
    key = ways.way(factories.account("ann@example.org"), "security_key", label="Ben's")
    [row] = run("account", "ways", "ann@example.org")
    assert (row["way"], row["kind"]) == (str(key.pk), "security_key")
    assert "Ben" not in str(row)


@pytest.mark.parametrize("kind", ["app", "passkey", "code_sheet"])
def test_nothing_but_a_security_key_is_lent(kind: str) -> None:
    way = ways.way(factories.account("ann@example.org"), kind)
    with pytest.raises(CommandError, match="no security key"):
        run("account", "lend-key", "ann@example.org", str(way.pk))
    assert not Authenticator.objects.get().lent_by_council


def test_a_key_that_its_owner_has_had_for_long_is_not_lent() -> None:
    way = ways.way(factories.account("ann@example.org"), "security_key")
    Authenticator.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    with pytest.raises(CommandError, match="more than an hour ago"):
        run("account", "lend-key", "ann@example.org", str(way.pk))
    assert not Authenticator.objects.get().lent_by_council


def test_nobody_elses_key_is_lent() -> None:
    factories.account("ann@example.org")
    theirs = ways.way(factories.account("ben@example.org"), "security_key")
    for way in (theirs.pk, uuid4()):
        with pytest.raises(CommandError, match="no security key"):
            run("account", "lend-key", "ann@example.org", str(way))
    with pytest.raises(CommandError, match="no account"):
        run("account", "ways", "nobody")


def lent_key(account: Account) -> Authenticator:
    return ways.way(account, "security_key", lent_by_council=True)


def test_a_lent_key_that_came_back_is_removed_and_its_owner_told() -> None:
    ann = factories.account("ann@example.org", password=factories.PASSWORD)
    ways.sheet(ann)
    key, session = lent_key(ann), factories.session(ann)
    rows = run("account", "take-back-key", "ann@example.org", str(key.pk))
    assert [row["kind"] for row in rows] == ["code_sheet"]
    session.refresh_from_db()
    assert session.end_reason == "way_removed"
    assert "took back the security key that we had lent you" in post.newest().text
    event = AuditEvent.objects.get(event="account:authenticator:removed")
    assert (event.actor_kind, event.object_kind, event.reason) == (
        "operator",
        "security_key",
        "taken_back",
    )


def test_staff_read_that_an_account_without_its_lent_key_has_one_factor() -> None:
    ann = factories.account("ann@example.org", password=factories.PASSWORD)
    ways.recovery_codes(ann)
    _rows, cautions = text("account", "take-back-key", "ann@example.org", str(lent_key(ann).pk))
    assert "no second step any more" in cautions
    assert not Authenticator.objects.exists()  # recovery codes stand beside a second step alone


def test_without_another_way_in_a_key_stays_and_the_reason_is_named() -> None:
    ann = factories.account("ann@example.org", password=factories.PASSWORD)
    key = lent_key(ann)
    ann.password_suspect_since = timezone.now()
    ann.save()
    with pytest.raises(CommandError, match="last_way_in"):
        run("account", "take-back-key", "ann@example.org", str(key.pk))
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize("kind, lent", [("security_key", False), ("app", True)])
def test_staff_take_back_nothing_that_is_its_owners(kind: str, *, lent: bool) -> None:
    ann = factories.account("ann@example.org", password=factories.PASSWORD)
    way = ways.way(ann, kind, lent_by_council=lent)
    with pytest.raises(CommandError, match="no security key"):
        run("account", "take-back-key", "ann@example.org", str(way.pk))
    assert Authenticator.objects.filter(pk=way.pk).exists()


def test_nobody_elses_key_is_taken_back() -> None:
    factories.account("ann@example.org")
    theirs = lent_key(factories.account("ben@example.org", password=factories.PASSWORD))
    with pytest.raises(CommandError, match="no security key"):
        run("account", "take-back-key", "ann@example.org", str(theirs.pk))
