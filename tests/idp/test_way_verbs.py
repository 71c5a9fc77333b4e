"""`manage.py account ways` and `lend-key`."""

from uuid import uuid4

import pytest
from django.core.management import CommandError

from accounts.mfa.wording import about
from accounts.models import AuditEvent, Authenticator
from tests import factories
from tests.commands import run
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


def test_nobody_elses_key_is_lent() -> None:
    factories.account("ann@example.org")
    theirs = ways.way(factories.account("ben@example.org"), "security_key")
    for way in (theirs.pk, uuid4()):
        with pytest.raises(CommandError, match="no security key"):
            run("account", "lend-key", "ann@example.org", str(way))
    with pytest.raises(CommandError, match="no account"):
        run("account", "ways", "nobody")
