"""The letter that brings a new sheet, its codes made while it is written."""

import secrets
from functools import partial

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.letters.contents import sender
from accounts.letters.delivery import Written
from accounts.letters.paper import Page
from accounts.letters.queries import lines_of
from accounts.mfa import numbered_codes
from accounts.mfa import operations as ways
from accounts.mfa.code_sheets import rules
from accounts.mfa.code_sheets.operations import nearly_used_up
from accounts.mfa.queries import Kind
from accounts.models import Account, Authenticator, Letter
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.pages.languages import language_for


def write(letter: Letter) -> Written | None:
    """Return the letter, if a sheet is still to be followed by it."""
    if not letter.account.is_active or not nearly_used_up(letter.account):
        return None
    seed = secrets.token_bytes(rules.SEED_BYTES)
    return Written(_page(letter, seed), handed_over=partial(_keep, letter, seed))


def _keep(letter: Letter, seed: bytes) -> None:
    """Let the codes count from now on: before, nobody could have had them."""
    account = Account.objects.select_for_update(no_key=True).get(pk=letter.account_id)
    if not nearly_used_up(account):
        # Recovered, or another sheet printed, while the letter was on its way out.
        return
    way = Authenticator.objects.create(
        account=account, kind=Kind.CODE_SHEET, label=rules.name(seed)
    )
    numbered_codes.store(way, rules.codes(seed))
    letter.authenticator = way
    letter.save(update_fields=["authenticator"])
    ways.record_way(Event.AUTHENTICATOR_ADDED, way, by=SYSTEM)
    tell(account=account, news=News.WAY_ADDED, detail=way.kind)


def _page(letter: Letter, seed: bytes) -> Page:
    with translation.override(language_for(letter.language)):
        today = date_format(timezone.localdate(), "j F Y")
        return Page(
            sender=sender(),
            address=lines_of(letter.account),
            heading=_("Your new sheet of codes: {name}").format(name=rules.name(seed)),
            before=[
                _(
                    "You asked for it. When you sign in, we say which code to type, and of which "
                    "sheet: first those left on the one that you have, then these. Cross out each "
                    "code that you have used."
                )
            ],
            codes=[rules.shown(code) for code in rules.codes(seed)],
            after=[
                _("Written on {day}. Keep it away from your password.").format(day=today),
                _("We will never ask you to read a code to us on the phone."),
            ],
        )
