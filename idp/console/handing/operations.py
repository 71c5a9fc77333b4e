"""Has a sheet of codes posted to whoever was seen at a counter."""

from dataclasses import dataclass

from django.db import transaction

from accounts.audit.actor import staff
from accounts.letters import operations as letters
from accounts.letters.queries import may_write_to
from accounts.limits.operations import hit
from accounts.limits.table import SHEET_LETTER
from accounts.mfa.posted_sheets.jobs import send_sheet
from accounts.models import Account, Letter
from idp.console.handing.rules import Refusal, refusal_to_post
from idp.console.helping.operations import about
from idp.models import HelpSession


@dataclass(frozen=True)
class NotPostedError(Exception):
    """No letter was queued."""

    refusal: Refusal


def post_sheet(*, help_session: HelpSession, account: Account) -> None:
    """Queue a letter with a sheet of codes, which are made while it is printed.

    Raises:
        NotPostedError: the account or its address is not fit, or enough letters were sent.
    """
    _check(account)
    if not hit(SHEET_LETTER, str(account.pk)).allowed:
        raise NotPostedError(Refusal.TOO_MANY)
    _queue(help_session, account)


@transaction.atomic
def _queue(help_session: HelpSession, account: Account) -> None:
    _check(Account.objects.select_for_update(no_key=True).get(pk=account.pk))
    letters.queue(
        kind=Letter.Kind.CODE_SHEET,
        account=account,
        by=staff(help_session.staff),
        job=send_sheet,
        within=about(help_session),
    )


def _check(account: Account) -> None:
    refusal = refusal_to_post(is_active=account.is_active, has_address=may_write_to(account))
    if refusal is not None:
        raise NotPostedError(refusal)
