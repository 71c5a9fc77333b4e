"""Asking for a sheet by post."""

from django.db import transaction

from accounts.assurance import authenticators_in
from accounts.audit.actor import Actor
from accounts.letters import operations as letters
from accounts.letters.queries import may_write_to
from accounts.mfa.code_sheets.operations import nearly_used_up
from accounts.mfa.operations import lock
from accounts.mfa.posted_sheets import rules
from accounts.mfa.posted_sheets.jobs import send_sheet
from accounts.mfa.posted_sheets.rules import Refusal
from accounts.mfa.queries import young
from accounts.models import Letter, Session


def refusal_of(session: Session) -> Refusal | None:
    """Return why no sheet may be posted to the session's owner now, or None if one may."""
    account = session.account
    return rules.refusal(
        nearly_used_up=nearly_used_up(account),
        may_be_written_to=may_write_to(account),
        by_new_way=bool(young(account) & authenticators_in(session.proofs)),
    )


@transaction.atomic
def ask(*, session: Session, by: Actor) -> Refusal | None:
    """Queue a letter with a new sheet to the account's checked address.

    Raises:
        AccountChangedError: the session has ended meanwhile.
    """
    account = lock(session)
    refused = refusal_of(session)
    if refused is None:
        letters.queue(kind=Letter.Kind.CODE_SHEET, account=account, by=by, job=send_sheet)
    return refused
