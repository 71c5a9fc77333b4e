"""Which services get an email address that was chosen for them."""

from accounts.models import EmailAddress
from idp.consent.rules import EMAIL
from idp.privacy.queries import agreements


def services_of(address: EmailAddress) -> list[str]:
    """Return the services by name, but those that are kept out of sight."""
    rows = agreements(address.account).filter(email=address, chose_email=True)
    return [row.application.name for row in rows if EMAIL in row.claims]
