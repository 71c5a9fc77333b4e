"""Residents with much to show, and with names that no page may break at."""

from datetime import timedelta

from django.utils import timezone

from accounts.audit.actor import resident
from accounts.models import Account, Phone, PostalAddress
from accounts.sessions.remembered.operations import remember
from tests import factories
from tests.factories import PASSWORD, ways
from tests.pseudo.catalogue import LANGUAGE

ANN = "ann@example.org"
NAME = "Àńń"
LONG_AGO = timezone.now() - timedelta(days=60)


def bare(address: str = ANN, **columns: object) -> Account:
    """Return somebody with a password alone."""
    columns = {"full_name": NAME, "language": LANGUAGE, **columns}
    return factories.account(address, password=PASSWORD, **columns)


def rich() -> tuple[Account, bytes]:
    """Return somebody with everything that an account can have, and the secret of their app."""
    account = bare()
    secret = ways.app(account, label="Ṕĥőńé", created_at=LONG_AGO)
    ways.sheet(account, created_at=LONG_AGO)
    ways.recovery_codes(account, created_at=LONG_AGO)
    for kind in ("passkey", "security_key", "text_message"):
        ways.way(account, kind, created_at=LONG_AGO, last_used_at=timezone.now())
    Phone.objects.create(
        account=account,
        number="+447700900123",
        changed_at=timezone.now() - timedelta(days=400),
        confirmed_at=timezone.now() - timedelta(days=400),
    )
    PostalAddress.objects.create(
        account=account,
        lines="1 Ĥíǵĥ",
        postcode="EX1 1AA",
        changed_at=LONG_AGO,
        checked_at=LONG_AGO,
    )
    factories.email_address(account, "ann.work@example.org", is_primary=False)
    factories.email_address(
        account, "ann.old@example.org", is_primary=False, unsafe_since=timezone.now()
    )
    for device in ("Ƒíŕéƒőẋ", ""):
        factories.session(account, started_on=device)
        remember(account=account, started_on=device, by=resident(account))
    return account, secret
