"""What a page's script hands to the browser: the questions of both ceremonies, as JSON.

Reads only what `PublicKeyCredential.parse…OptionsFromJSON` takes (WebAuthn Level 3 §5.1.8, §5.1.9).
"""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from webauthn import generate_authentication_options, generate_registration_options
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_user_handle
from webauthn.helpers.options_to_json_dict import options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorAttachment,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accounts.council.queries import council
from accounts.mfa.passkeys import challenges, queries
from accounts.mfa.passkeys.challenges import LIFETIME
from accounts.models import Account, Authenticator, Challenge, Passkey
from accounts.security.browser import BrowserId

Kind = Authenticator.Kind
Purpose = Challenge.Purpose
Options = dict[str, Any]

_MILLISECONDS = int(LIFETIME.total_seconds() * 1000)


def for_sign_in(browser: BrowserId) -> Options:
    """Ask for any passkey of this site; it names nobody, so nobody learns who has one."""
    return _question(challenges.issue(purpose=Purpose.SIGN_IN, browser=browser))


def for_second_step(browser: BrowserId, *, account: Account, kind: Authenticator.Kind) -> Options:
    """Ask for one of this account's keys; only for whoever gave its first proof."""
    challenge = challenges.issue(purpose=Purpose.SECOND_STEP, browser=browser, account=account)
    return _question(challenge, keys=queries.usable(account, kind), kind=kind)


def for_sign_up(browser: BrowserId, *, name: str, is_shared_device: bool) -> Options:
    """Ask to make a passkey for an account that does not exist yet."""
    handle = bytes_to_base64url(generate_user_handle())
    challenge = challenges.issue(purpose=Purpose.SIGN_UP, browser=browser, user_handle=handle)
    return _wish(challenge, handle, name, Kind.PASSKEY, elsewhere=is_shared_device)


def for_adding(
    browser: BrowserId,
    *,
    account: Account,
    kind: Authenticator.Kind,
    name: str,
    is_shared_device: bool,
) -> Options:
    """Ask to make one more key for the account, on none that has one already."""
    challenge = challenges.issue(purpose=Purpose.ADD, browser=browser, account=account)
    elsewhere = is_shared_device or kind == Kind.SECURITY_KEY
    handle = _user_handle(account)
    return _wish(
        challenge, handle, name, kind, elsewhere=elsewhere, known=queries.of_account(account)
    )


def for_recovery(
    browser: BrowserId, *, account: Account, name: str, is_shared_device: bool
) -> Options:
    """Ask to make a passkey in the place of all the account had; a device may have one of those."""
    challenge = challenges.issue(purpose=Purpose.RECOVERY, browser=browser, account=account)
    handle = _user_handle(account)
    return _wish(challenge, handle, name, Kind.PASSKEY, elsewhere=is_shared_device)


def for_staff_sign_in(browser: BrowserId) -> Options:
    """Ask for any passkey of this site, where somebody of the staff is to sign in."""
    return _question(challenges.issue(purpose=Purpose.STAFF_SIGN_IN, browser=browser))


def for_staff(browser: BrowserId, *, account: Account, name: str) -> Options:
    """Ask to make the first key of a staff account."""
    challenge = challenges.issue(purpose=Purpose.STAFF_ENROL, browser=browser, account=account)
    return _wish(challenge, _user_handle(account), name, Kind.PASSKEY, elsewhere=False)


def neutral_name() -> str:
    """Return a name for a passkey that does not say whose it is, to whoever looks at the device."""
    today = date_format(timezone.localdate(), "j F Y")
    return _("Made on %(date)s") % {"date": today}


def _question(
    challenge: str,
    *,
    keys: QuerySet[Passkey] | None = None,
    kind: Authenticator.Kind = Kind.PASSKEY,
) -> Options:
    verify = UserVerificationRequirement
    options = generate_authentication_options(
        rp_id=settings.PASSKEY_DOMAIN,
        challenge=base64url_to_bytes(challenge),
        timeout=_MILLISECONDS,
        allow_credentials=_described(keys) if keys is not None else None,
        user_verification=verify.REQUIRED if kind == Kind.PASSKEY else verify.DISCOURAGED,
    )
    return options_to_json_dict(options)


def _wish(
    challenge: str,
    handle: str,
    name: str,
    kind: Authenticator.Kind,
    *,
    elsewhere: bool,
    known: QuerySet[Passkey] | None = None,
) -> Options:
    options = generate_registration_options(
        rp_id=settings.PASSKEY_DOMAIN,
        rp_name=council().service,
        user_id=base64url_to_bytes(handle),
        user_name=name,
        challenge=base64url_to_bytes(challenge),
        timeout=_MILLISECONDS,
        authenticator_selection=_selection(kind, elsewhere=elsewhere),
        exclude_credentials=_described(known) if known is not None else None,
    )
    # Whether the key stored itself, so that it can be found without a name (§10.1.3).
    return {**options_to_json_dict(options), "extensions": {"credProps": True}}


def _selection(kind: Authenticator.Kind, *, elsewhere: bool) -> AuthenticatorSelectionCriteria:
    """`elsewhere` keeps the key off this device: others use it, or a security key is meant."""
    alone = kind == Kind.PASSKEY
    stored, verify = ResidentKeyRequirement, UserVerificationRequirement
    return AuthenticatorSelectionCriteria(
        authenticator_attachment=AuthenticatorAttachment.CROSS_PLATFORM if elsewhere else None,
        resident_key=stored.REQUIRED if alone else stored.DISCOURAGED,
        user_verification=verify.REQUIRED if alone else verify.DISCOURAGED,
    )


def _described(keys: QuerySet[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(key.credential_id),
            transports=[AuthenticatorTransport(name) for name in key.transports],
        )
        for key in keys
    ]


def _user_handle(account: Account) -> str:
    # Filled once, whoever comes first; every passkey of the account carries the same.
    handle = bytes_to_base64url(generate_user_handle())
    Account.objects.filter(pk=account.pk, user_handle=None).update(user_handle=handle)
    account.refresh_from_db(fields=["user_handle"])
    return account.user_handle or handle
