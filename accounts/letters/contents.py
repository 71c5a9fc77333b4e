"""What each kind of letter says, in its account's language."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.council import queries
from accounts.letters.delivery import Written
from accounts.letters.minting import mint_recovery_code
from accounts.letters.paper import Page
from accounts.letters.queries import lines_of
from accounts.models import Letter, RecoveryRequest
from accounts.pages.govuk import help_code_words
from accounts.pages.languages import language_for


def recovery_letter(letter: Letter) -> Written | None:
    """Return the letter that brings a code to get back in with, if a recovery waits for it."""
    requests = RecoveryRequest.objects.select_for_update(of=("self",), no_key=True)
    proving = requests.filter(letters=letter, state=RecoveryRequest.State.PROVING)
    request = proving.first()
    if request is None:
        return None
    return Written(_recovery_page(letter, request, mint_recovery_code(request)))


def sender() -> list[str]:
    """Return who writes, as it stands at the top of a letter."""
    council = queries.council()
    return [council.service, council.name, council.address]


def _recovery_page(letter: Letter, request: RecoveryRequest, code: str) -> Page:
    with translation.override(language_for(letter.language)):
        return Page(
            sender=sender(),
            address=lines_of(letter.account),
            heading=_("Your code to get back into your account"),
            before=[
                _(
                    "Somebody who reads your email asked us to post you this code. With it you "
                    "can choose new ways to sign in to your {service} account."
                ).format(service=queries.council().service)
            ],
            code=help_code_words(code),
            after=_after(request),
        )


def _after(request: RecoveryRequest) -> list[str]:
    until = date_format(timezone.localtime(request.closes_at), "j F Y")
    council = queries.council()
    return [
        _(
            "Go to {address}, type your email address or sign-in name, and follow the link in the "
            "email that we send you. The code works until {until}. Keep this letter until you are "
            "back in: we ask for the code twice, a day apart."
        ).format(address=f"{settings.ISSUER}/get-back-in", until=until),
        _(
            "If you did not ask for this, somebody else may read your email. Keep this letter to "
            "yourself and call us on {phone}, {hours}. Nobody can use the code without your email."
        ).format(phone=council.phone, hours=council.hours),
        _("We will never ask you to read this code to us on the phone."),
    ]
