"""Mails to members about their organisation: that something changed, never what."""

from accounts.models import Account
from accounts.notices import queries as notices
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue_about
from clients.models import Organisation
from clients.organisations.members import queries


def tell_owners(
    organisation: Organisation, template: Template, *, unless: Account | None = None
) -> None:
    """Write to each owner, but not to whoever did it."""
    for owner in queries.owners(organisation).exclude(account=unless):
        tell(owner.account, organisation, template)


def tell_developers(organisation: Organisation, template: Template, *, about: str) -> None:
    """Write to everybody who handles credentials about the application of this name."""
    for member in queries.developers(organisation):
        tell(member.account, organisation, template, about=about)


def tell(
    account: Account, organisation: Organisation, template: Template, *, about: str = ""
) -> None:
    """Write to the account's main safe address: it is a letter, no alarm."""
    for row in notices.addresses_to_tell(account)[:1]:
        queue_about(
            template=template,
            name=about or organisation.name,
            address=row.address,
            language=account.language,
            account=account,
        )
