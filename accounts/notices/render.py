"""A queued row made into a mail, in its account's language."""

from dataclasses import dataclass, replace
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.council import queries
from accounts.council.shown import Council
from accounts.models import Account, OutboundMessage
from accounts.notices.catalogue import CATALOGUE
from accounts.notices.news import Item
from accounts.notices.queries import safe_addresses
from accounts.notices.wording import line
from accounts.pages.context import council
from accounts.pages.languages import language_for


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
    with translation.override(language_for(message.language)):
        context = _context(letter)
        mail = EmailMultiAlternatives(
            subject=str(context["subject"]),
            body=render_to_string(f"mail/{message.template}.txt", context),
            from_email=_sender(message),
            to=[message.address],
            headers=_headers(message),
        )
        html = render_to_string(f"mail/{message.template}.html", context)
    mail.attach_alternative(html, "text/html")
    return mail


def _context(letter: Letter) -> dict[str, object]:
    # Built from the setting alone: a forged Host header must never steer a mailed link.
    notice = CATALOGUE[letter.message.template]
    discreet = _is_discreet(letter.message)
    return {
        **council(None),
        "council": _nameless() if discreet else queries.council(),
        "subject": _subject(letter.message),
        "account": letter.message.account,
        "sign_up": letter.message.sign_up,
        "email_change": letter.message.email_change,
        "recovery": letter.message.recovery,
        "asked_at": letter.message.created_at,
        "expires_at": letter.message.secret_expires_at,
        "code_expires_at": letter.message.created_at + notice.code_lifetime,
        "about_name": letter.message.about_name,
        "amount": notice.amount,
        "help_code": letter.help_code,
        "discreet": discreet,
        "discreet_footer": settings.DISCREET_FOOTER,
        "code": letter.code,
        "news": [line(Item.from_json(kept)) for kept in letter.message.news],
        "is_one_of_several": _is_one_of_several(letter.message),
        "link": settings.ISSUER + reverse(notice.link, args=[letter.token]) if notice.link else "",
        "sign_in_link": settings.ISSUER + reverse("signin:sign_in"),
        "sign_up_link": settings.ISSUER + reverse("signup:start"),
        "recovery_link": settings.ISSUER + reverse("recovery:ask"),
        "reopen_days": settings.CLOSED_FOR.days,
        "reset_link": settings.ISSUER + reverse("recovery:start"),
    }


def _nameless() -> Council:
    """Return the council without names, for mails that are to give little away.

    Phone and hours stay: whoever needs help has nothing else.
    """
    return replace(queries.council(), service=gettext("personal"), name="", address="")


def _is_discreet(message: OutboundMessage) -> bool:
    return message.account is not None and message.account.is_discreet


def _subject(message: OutboundMessage) -> str:
    discreet = _is_discreet(message)
    return str(settings.DISCREET_SUBJECT if discreet else CATALOGUE[message.template].subject)


def _sender(message: OutboundMessage) -> str:
    discreet = _is_discreet(message)
    sender: str = settings.DISCREET_FROM_EMAIL if discreet else settings.DEFAULT_FROM_EMAIL
    name, address = parseaddr(sender)
    # The name of the settings, unless whoever set them chose another one for mails.
    is_ours = not discreet and name == settings.SERVICE_NAME
    return formataddr((queries.council().service, address)) if is_ours else sender


def _is_one_of_several(message: OutboundMessage) -> bool:
    """Say whether readers of a shared mailbox must be told which account is meant."""
    others = safe_addresses().filter(address_key=message.address_key)
    others = others.exclude(account__status=Account.Status.CLOSED)
    return others.exclude(account=message.account).exists()


def _headers(message: OutboundMessage) -> dict[str, str]:
    # Django would name this machine in the Message-ID; RFC 3834 §5 keeps holiday replies away.
    host = urlsplit(settings.ISSUER).hostname
    return {
        "Message-ID": f"<{message.pk}.{message.attempts}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
