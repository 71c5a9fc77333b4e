"""What each kind of letter says, in its account's language."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.letters.paper import Page
from accounts.letters.queries import lines_of
from accounts.models import Letter, RecoveryRequest
from accounts.pages.govuk import help_code_words


def recovery_page(letter: Letter, request: RecoveryRequest, code: str) -> Page:
    """Return the letter that brings a code to get back in with."""
    with translation.override(letter.language):
        return Page(
            sender=_sender(),
            address=lines_of(letter.account),
            heading=_("Your code to get back into your account"),
            before=[
                _(
                    "Somebody who reads your email asked us to post you this code. With it you "
                    "can choose new ways to sign in to your {service} account."
                ).format(service=settings.SERVICE_NAME)
            ],
            code=help_code_words(code),
            after=_after(request),
        )


def _after(request: RecoveryRequest) -> list[str]:
    until = date_format(timezone.localtime(request.closes_at), "j F Y")
    return [
        _(
            "Go to {address}, type your email address or sign-in name, and follow the link in the "
            "email that we send you. The code works until {until}. Keep this letter until you are "
            "back in: we ask for the code twice, a day apart."
        ).format(address=f"{settings.ISSUER}/get-back-in", until=until),
        _(
            "If you did not ask for this, somebody else may read your email. Keep this letter to "
            "yourself and call us on {phone}, {hours}. Nobody can use the code without your email."
        ).format(phone=settings.COUNCIL_PHONE, hours=settings.COUNCIL_HOURS),
        _("We will never ask you to read this code to us on the phone."),
    ]


def _sender() -> list[str]:
    return [settings.SERVICE_NAME, settings.COUNCIL_NAME, settings.COUNCIL_ADDRESS]
