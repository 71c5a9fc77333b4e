"""Beginning a sign-up and confirming its address."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mailbox.queries import address_use
from accounts.mailbox.rules import MOST_CODE_TRIES, AddressUse, CodeOutcome, wrong_code
from accounts.models import OutboundMessage, PendingSignIn, PendingSignUp
from accounts.models.email_address import address_key
from accounts.notices import queries as notices
from accounts.notices.catalogue import CONFIRM_LINK, Template
from accounts.notices.operations import queue
from accounts.notices.rules import LinkState
from accounts.signup.confirmation import queries
from accounts.signup.confirmation.rules import Standing

_TEMPLATES = {
    AddressUse.FREE: Template.SIGN_UP,
    AddressUse.KNOWN: Template.SIGN_UP_KNOWN_ADDRESS,
    AddressUse.FULL: Template.SIGN_UP_ADDRESS_FULL,
}


@transaction.atomic
def begin(*, flow: PendingSignIn, address: str, started_on: str, by: Actor) -> PendingSignUp:
    """Begin a sign-up and mail the address; a known one costs and shows the same."""
    now = timezone.now()
    # One sign-up for one tab: a mail of an earlier try would confirm what no page waits for.
    waiting = PendingSignUp.objects.filter(flow=flow, confirmed_at=None, expires_at__gt=now)
    earlier = waiting.order_by("created_at").values_list("pk", flat=True).last()
    waiting.update(expires_at=now)
    sign_up = PendingSignUp.objects.create(
        flow=flow,
        address=address,
        address_key=address_key(address),
        started_on=started_on,
        expires_at=now + settings.SIGN_UP_LIFETIME,
    )
    _send(sign_up, instead_of=earlier or "", by=by)
    return sign_up


@transaction.atomic
def send_new_code(*, sign_up_id: str, by: Actor) -> None:
    """Mail a new link and code, which make the older ones void, if the sign-up still waits."""
    sign_up = queries.locked(sign_up_id)
    if queries.standing(sign_up) is Standing.WAITING:
        sign_up.code_tries = 0
        sign_up.save(update_fields=["code_tries"])
        _send(sign_up, by=by)


@transaction.atomic
def confirm_by_code(*, sign_up_id: str, code: str, by: Actor) -> CodeOutcome:
    """Confirm the address by the code of the newest mail; every wrong one uses up a try."""
    sign_up = queries.locked(sign_up_id)
    standing = queries.standing(sign_up)
    if standing is not Standing.WAITING:
        return CodeOutcome.CONFIRMED if standing is Standing.CONFIRMED else CodeOutcome.ENDED
    if sign_up.code_tries >= MOST_CODE_TRIES:
        return CodeOutcome.TOO_MANY_TRIES
    message = notices.newest_for(sign_up)
    if message is not None and notices.code_matches(message, code):
        _confirm(sign_up, message, how="code", by=by)
        return CodeOutcome.CONFIRMED
    sign_up.code_tries += 1
    sign_up.save(update_fields=["code_tries"])
    return wrong_code(tries=sign_up.code_tries)


@transaction.atomic
def confirm_by_link(*, token: str, by: Actor) -> None:
    """Confirm the address of the link's sign-up, whichever browser opened it."""
    found = notices.find_link(CONFIRM_LINK, token)
    if found.state is not LinkState.GOOD or found.message is None:
        return
    sign_up = _lock_of(found.message)
    # Asked again under the lock: a new code may have been sent since.
    if queries.standing(sign_up) is Standing.WAITING and not notices.is_overtaken(found.message):
        _confirm(sign_up, found.message, how="link", by=by)


@transaction.atomic
def refuse(*, token: str, by: Actor) -> None:
    """End the link's sign-up for good, also after a confirmation, as long as no account is made."""
    message = notices.find_link(CONFIRM_LINK, token).message
    if message is None:
        return
    sign_up = _lock_of(message)
    if sign_up.completed_at is None and sign_up.refused_at is None:
        sign_up.refused_at = timezone.now()
        sign_up.save(update_fields=["refused_at"])
        record(Event.SIGN_UP_REFUSED, by=by, about=_about(sign_up))


def _lock_of(message: OutboundMessage) -> PendingSignUp:
    # Always the sign-up first and its mails after it, or two of these could wait for each other.
    return queries.locked(str(message.sign_up_id))


def _send(sign_up: PendingSignUp, *, instead_of: str = "", by: Actor) -> None:
    use = address_use(sign_up.address_key)
    queue(
        template=_TEMPLATES[use],
        address=sign_up.address,
        sign_up=sign_up,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    about = _about(sign_up, reason=use, instead_of=instead_of)
    record(Event.SIGN_UP_REQUESTED, by=by, about=about)


def _confirm(sign_up: PendingSignUp, message: OutboundMessage, *, how: str, by: Actor) -> None:
    message.used_at = sign_up.confirmed_at = timezone.now()
    message.save(update_fields=["used_at"])
    sign_up.save(update_fields=["confirmed_at"])
    record(Event.SIGN_UP_CONFIRMED, by=by, about=_about(sign_up, reason=how))


def _about(sign_up: PendingSignUp, reason: str = "", instead_of: str = "") -> About:
    # An address that was mistyped and typed anew is one sign-up to whoever counts them.
    detail = {"instead_of": instead_of} if instead_of else {}
    return About(object_kind="sign_up", object_id=sign_up.pk, reason=reason, detail=detail)
