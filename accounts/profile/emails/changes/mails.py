"""The mails that go with a change of addresses."""

from accounts.models import EmailChange
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from accounts.notices.queries import addresses_to_tell


def mail(change: EmailChange, template: Template, address: str) -> None:
    """Queue the mail about the change to one address."""
    queue(
        template=template,
        address=address,
        account=change.account,
        language=change.account.language,
        email_change=change,
    )


def mail_waiting(change: EmailChange) -> None:
    """Tell every safe address of the account that the change waits, with a link that stops it."""
    for row in addresses_to_tell(change.account):
        mail(change, Template.EMAIL_CHANGE_WAITING, row.address)
