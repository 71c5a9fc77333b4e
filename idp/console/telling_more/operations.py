"""Adds what a caller tells to the case that is open."""

from django.db import transaction

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import record
from accounts.models import Account
from idp.console.helping.finding import Found
from idp.console.helping.operations import about, find_account
from idp.console.telling_more.rules import Known, is_about_another
from idp.models import HelpSession


class AboutAnotherError(Exception):
    """It is about somebody else than the case."""


def add(*, help_session: HelpSession, found: Found) -> HelpSession:
    """Note another code, or whom it is about; how surely the caller is known stays as it was.

    Call it outside a transaction: that it was refused stays recorded.

    Raises:
        AboutAnotherError: the case is somebody else's.
        idp.console.helping.operations.NotOpenedError: it is their own account, or a colleague's.
    """
    case = _known(help_session.account, help_session.address_key)
    if is_about_another(case, _told(found)):
        raise AboutAnotherError
    if found.account is not None and help_session.account_id is None:
        help_session = find_account(help_session=help_session, account=found.account)
    return _added(help_session, found)


@transaction.atomic
def _added(help_session: HelpSession, found: Found) -> HelpSession:
    held = HelpSession.objects.select_for_update(of=("self",), no_key=True).get(pk=help_session.pk)
    held.help_code = found.help_code or held.help_code
    held.address_key = found.address_key or held.address_key
    held.save(update_fields=["help_code", "address_key"])
    record(Event.HELP_MORE_TOLD, by=staff(held.staff), about=about(held, found.given))
    return held


def _told(found: Found) -> Known:
    message = found.help_code.message if found.help_code else None
    return _known(found.account, found.address_key or (message.address_key if message else ""))


def _known(account: Account | None, mailbox: str) -> Known:
    keys = {mailbox} - {""}
    if account is None:
        return Known(mailboxes=frozenset(keys))
    own = account.email_addresses.values_list("address_key", flat=True)
    return Known(account.pk, frozenset({*keys, account.sign_in_key, *own}))
