"""How long this app keeps what it need not keep."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django_tasks_db.models import DBTaskResult

from accounts.complaints.rules import KEPT as COMPLAINTS_KEPT
from accounts.freezing.rules import MAIL_AGAIN_AFTER
from accounts.management.purging import Retention
from accounts.models import (
    Challenge,
    Complaint,
    EmailChange,
    Freeze,
    HelpCode,
    KeptForm,
    Leaving,
    Letter,
    LimitCounter,
    OutboundMessage,
    PendingSignIn,
    PendingSignUp,
    RecoveryRequest,
    RememberedDevice,
    TextCode,
)

# For as long as somebody may ask what came of a recovery.
_ASKED_ABOUT = timedelta(days=30)
# And of an old address that froze the account.
_DISPUTES_KEPT = timedelta(days=365)


def _help_codes(now: datetime) -> QuerySet[HelpCode]:
    return HelpCode.objects.filter(expires_at__lte=now)


def _kept_forms(now: datetime) -> QuerySet[KeptForm]:
    return KeptForm.objects.filter(expires_at__lte=now)


def _leavings(now: datetime) -> QuerySet[Leaving]:
    return Leaving.objects.filter(expires_at__lte=now)


def _messages(now: datetime) -> QuerySet[OutboundMessage]:
    # For as long as staff can be asked about a mail by its help code.
    sent_before = now - settings.MAIL_HELP_CODE_LIFETIME
    rows = OutboundMessage.objects.filter(created_at__lte=sent_before, help_code=None)
    # Nor before its link is void: whoever follows it must still be able to make things safer.
    return rows.exclude(secret_expires_at__gt=now)


def _freezes(now: datetime) -> QuerySet[Freeze]:
    # An ended one says whose mailbox may not freeze again yet.
    return Freeze.objects.filter(ended_at__lte=now - MAIL_AGAIN_AFTER)


def _letters(now: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(created_at__lte=now - _ASKED_ABOUT)


def _recoveries(now: datetime) -> QuerySet[RecoveryRequest]:
    ended = RecoveryRequest.objects.filter(ended_at__lte=now - _ASKED_ABOUT)
    return ended.filter(messages=None, letters=None)


def _text_codes(now: datetime) -> QuerySet[TextCode]:
    return TextCode.objects.filter(expires_at__lte=now)


def _sign_ups(now: datetime) -> QuerySet[PendingSignUp]:
    return PendingSignUp.objects.filter(expires_at__lte=now, messages=None)


def _sign_ins(now: datetime) -> QuerySet[PendingSignIn]:
    # A sign-up lives longer than the flow that it began in, and returns to where that began.
    return PendingSignIn.objects.filter(expires_at__lte=now, sign_ups=None, messages=None)


def _challenges(now: datetime) -> QuerySet[Challenge]:
    return Challenge.objects.filter(expires_at__lte=now)


def _remembered_devices(now: datetime) -> QuerySet[RememberedDevice]:
    return RememberedDevice.objects.filter(expires_at__lte=now)


def _email_changes(now: datetime) -> QuerySet[EmailChange]:
    # One that somebody objected to stays for whoever looks into it.
    forgotten = Q(disputed_at=None) | Q(disputed_at__lte=now - _DISPUTES_KEPT)
    return EmailChange.objects.filter(forgotten, expires_at__lte=now, messages=None)


def _complaints(now: datetime) -> QuerySet[Complaint]:
    return Complaint.objects.filter(answered_at__lte=now - COMPLAINTS_KEPT)


def _counters(now: datetime) -> QuerySet[LimitCounter]:
    return LimitCounter.objects.filter(expires_at__lte=now)


def _jobs(now: datetime) -> QuerySet[DBTaskResult[Any, Any]]:
    finished: QuerySet[DBTaskResult[Any, Any]] = DBTaskResult.objects.finished()
    return finished.filter(finished_at__lte=now - settings.MAIL_HELP_CODE_LIFETIME)


# In this order: a row goes when nothing hangs on it any more.
RETENTION = (
    Retention("help codes", _help_codes),
    Retention("forms that came too late", _kept_forms),
    Retention("guides for when people part", _leavings),
    Retention("messages", _messages),
    Retention("changes of email addresses", _email_changes),
    Retention("ended freezes", _freezes),
    Retention("letters", _letters),
    Retention("recoveries", _recoveries),
    Retention("text codes", _text_codes),
    Retention("pending sign-ups", _sign_ups),
    Retention("pending sign-ins", _sign_ins),
    Retention("challenges", _challenges),
    Retention("complaints", _complaints),
    Retention("remembered devices", _remembered_devices),
    Retention("counters", _counters),
    Retention("finished jobs", _jobs),
)
