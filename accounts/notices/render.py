"""A queued row made into a mail, in its account's language."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import OutboundMessage
from accounts.notices.catalogue import CATALOGUE
from accounts.pages.context import council


@dataclass(frozen=True)
class Letter:
    """A mail about to be sent, with the secrets that live nowhere else."""

    message: OutboundMessage
    help_code: str
    token: str = ""
    code: str = ""


def mail(letter: Letter) -> EmailMultiAlternatives:
    """Return the mail as text and HTML."""
    message = letter.message
    with translation.override(message.language):
        context = _context(letter)
        mail = EmailMultiAlternatives(
            subject=str(CATALOGUE[message.template].subject),
            body=render_to_string(f"mail/{message.template}.txt", context),
            to=[message.address],
            headers=_headers(message),
        )
        html = render_to_string(f"mail/{message.template}.html", context)
    mail.attach_alternative(html, "text/html")
    return mail


def _context(letter: Letter) -> dict[str, object]:
    # Built from the setting alone: a forged Host header must never steer a mailed link.
    link = CATALOGUE[letter.message.template].link
    return {
        **council(None),
        "subject": CATALOGUE[letter.message.template].subject,
        "account": letter.message.account,
        "sign_up": letter.message.sign_up,
        "asked_at": letter.message.created_at,
        "expires_at": letter.message.secret_expires_at,
        "help_code": letter.help_code,
        "code": letter.code,
        "link": settings.ISSUER + reverse(link, args=[letter.token]) if link else "",
        "sign_in_link": settings.ISSUER + reverse("signin:sign_in"),
        "sign_up_link": settings.ISSUER + reverse("signup:start"),
        "reset_link": settings.ISSUER + reverse("recovery:start"),
    }


def _headers(message: OutboundMessage) -> dict[str, str]:
    # Django would name this machine in the Message-ID; RFC 3834 §5 keeps holiday replies away.
    host = urlsplit(settings.ISSUER).hostname
    return {
        "Message-ID": f"<{message.pk}.{message.attempts}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
