"""Which services knew an account that was joined into another."""

from accounts.joining.queries import ServiceToTell
from accounts.models import Account
from idp.privacy.queries import agreements


def services_of(account: Account) -> list[ServiceToTell]:
    """Return the services that the account shared details with, those kept out of sight last."""
    rows = [*agreements(account), *agreements(account, private=True)]
    return [ServiceToTell(row.application.name, row.application.home_url) for row in rows]
