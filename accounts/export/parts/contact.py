"""What was sent to an account's owner, and what they sent us."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.complaints.wording import KINDS, OUTCOMES
from accounts.export.part import Column, Part
from accounts.export.shapes import NEWS
from accounts.models import CallCode, Complaint, Letter, OutboundMessage, TextCode, TextMessage

_ABOUT: Final = _("What it was about")
_STATE: Final = _("State")
_TRIES: Final = _("How often we tried")
_TROUBLE: Final = _("What went wrong")
_QUEUED: Final = _("Written")
_SENT: Final = _("Sent")
_USED: Final = _("Used")
_LANGUAGE: Final = _("Language")

PARTS: Final = (
    Part(
        "emails_sent",
        _("Emails that we sent you"),
        lambda asked: OutboundMessage.objects.filter(account=asked.account).select_related(
            "help_code"
        ),
        (
            Column("about", _ABOUT, "template"),
            Column("address", _("Email address")),
            Column("language", _LANGUAGE),
            Column("news", _("News in it"), shape=NEWS),
            Column("state", _STATE),
            Column("tries", _TRIES, "attempts"),
            Column("trouble", _TROUBLE, "last_error"),
            Column("created_at", _QUEUED),
            Column("send_after", _("To be sent from")),
            Column("sent_at", _SENT),
            Column("link_works_until", _("Its link works until"), "secret_expires_at"),
            Column("link_kept_open_until", _("Its link was kept open until"), "kept_open_until"),
            Column("used_at", _USED),
            Column("help_code", _("Help code"), "help_code.code"),
            Column("help_code_since", _("Help code made"), "help_code.created_at"),
            Column("help_code_until", _("Help code works until"), "help_code.expires_at"),
        ),
        order="created_at",
    ),
    Part(
        "text_messages_sent",
        _("Text messages that we sent you"),
        lambda asked: TextCode.objects.filter(account=asked.account),
        (
            Column("about", _ABOUT, "purpose"),
            Column("number", _("Phone number")),
            Column("language", _LANGUAGE),
            Column("state", _STATE),
            Column("tries", _TRIES, "attempts"),
            Column("trouble", _TROUBLE, "last_error"),
            Column("wrong_codes", _("Wrong codes typed"), "tries"),
            Column("created_at", _QUEUED),
            Column("expires_at", _("Code works until")),
            Column("used_at", _USED),
        ),
        order="created_at",
    ),
    Part(
        "codes_for_calls",
        _("Codes to read out to our staff"),
        lambda asked: CallCode.objects.filter(account=asked.account),
        (
            Column("how", _("How you got it"), "purpose"),
            Column("wrong_codes", _("Codes typed"), "tries"),
            Column("created_at", _("Made")),
            Column("expires_at", _("Code works until")),
            Column("used_at", _USED),
        ),
        order="created_at",
    ),
    Part(
        "text_messages_without_code",
        _("Text messages without a code that we sent you"),
        lambda asked: TextMessage.objects.filter(account=asked.account),
        (
            Column("about", _ABOUT, "kind"),
            Column("number", _("Phone number")),
            Column("language", _LANGUAGE),
            Column("state", _STATE),
            Column("tries", _TRIES, "attempts"),
            Column("trouble", _TROUBLE, "last_error"),
            Column("created_at", _QUEUED),
            Column("sent_at", _SENT),
        ),
        order="created_at",
    ),
    Part(
        "letters_sent",
        _("Letters that we sent you"),
        lambda asked: Letter.objects.filter(account=asked.account),
        (
            Column("about", _ABOUT, "kind"),
            Column("language", _LANGUAGE),
            Column("state", _STATE),
            Column("tries", _TRIES, "attempts"),
            Column("trouble", _TROUBLE, "last_error"),
            Column("created_at", _QUEUED),
            Column("sent_at", _SENT),
        ),
        order="created_at",
    ),
    Part(
        "complaints",
        _("Complaints and corrections"),
        lambda asked: Complaint.objects.filter(account=asked.account),
        (
            Column("reference", _("Reference"), "code"),
            Column("kind", _("What it is about"), words=KINDS),
            Column("text", _("What you wrote")),
            Column("made_at", _("Sent")),
            Column("due_on", _("To be answered by")),
            Column("outcome", _("Outcome"), words=OUTCOMES),
            Column("answer", _("What we answered")),
            Column("answered_at", _("Answered")),
        ),
        order="made_at",
    ),
)
