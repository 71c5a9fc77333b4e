"""The names of why a request is interrupted or refused, and what prompt=none answers. Pure."""

from enum import StrEnum
from typing import Final

from idp.oidc.apart import Apart


class Reason(StrEnum):
    """Why a request is interrupted or refused; the same name is logged, shown to staff, tested."""

    SANDBOX_OFF = "sandbox_off"
    APPLICATION_NOT_USABLE = "application_not_usable"
    REAL_RESIDENT_AT_SANDBOX = Apart.REAL_RESIDENT_AT_SANDBOX.value
    TEST_RESIDENT_AT_LIVE = Apart.TEST_RESIDENT_AT_LIVE.value
    TEST_RESIDENT_OF_ANOTHER = Apart.TEST_RESIDENT_OF_ANOTHER.value
    STAFF = Apart.STAFF.value
    ACCOUNT_NOT_USABLE = "account_not_usable"
    PROMPT_CREATE = "prompt_create"
    NO_SESSION = "no_session"
    DEVICE_NOT_CONFIRMED = "device_not_confirmed"
    HINT_NAMES_ANOTHER_ACCOUNT = "hint_names_another_account"
    PROMPT_LOGIN = "prompt_login"
    MAX_AGE = "max_age"
    PROMPT_SELECT_ACCOUNT = "prompt_select_account"
    SHARED_DEVICE = "shared_device"
    SIGNED_OUT_OF_SERVICE = "signed_out_of_service"
    LEVEL = "level"
    BLOCKED = "blocked"
    PROMPT_CONSENT = "prompt_consent"
    NO_CONSENT = "no_consent"
    CONSENT_EXPIRED = "consent_expired"
    APPLICATION_CHANGED = "application_changed"
    MORE_ASKED_FOR = "more_asked_for"
    DETAILS_ADDED = "details_added"
    TERMS_CHANGED = "terms_changed"
    ADDRESS_GONE = "address_gone"


class Stopped(StrEnum):
    """Why a request is refused before it is stored, where its application itself is the reason."""

    NOT_ACTIVE = "not_active"
    ENDED = "application_ended"


# What prompt=none answers where a page would be needed (OIDC Core §3.1.2.6).
SILENT_ERRORS: Final[dict[Reason, str]] = {
    Reason.PROMPT_CREATE: "interaction_required",
    Reason.NO_SESSION: "login_required",
    Reason.DEVICE_NOT_CONFIRMED: "interaction_required",
    Reason.HINT_NAMES_ANOTHER_ACCOUNT: "login_required",
    Reason.PROMPT_LOGIN: "login_required",
    Reason.MAX_AGE: "login_required",
    Reason.PROMPT_SELECT_ACCOUNT: "account_selection_required",
    Reason.SHARED_DEVICE: "account_selection_required",
    Reason.SIGNED_OUT_OF_SERVICE: "login_required",
    # What is missing is an authentication: sent again without prompt=none, the request gets it.
    # unmet_authentication_requirements would say that it never will.
    Reason.LEVEL: "login_required",
    # As of whoever never agreed, which is the truth: a block ends agreements. access_denied would
    # tell it of the block, and interaction_required too: with prompt=none nobody has been asked.
    Reason.BLOCKED: "consent_required",
    Reason.PROMPT_CONSENT: "consent_required",
    Reason.NO_CONSENT: "consent_required",
    Reason.CONSENT_EXPIRED: "consent_required",
    Reason.APPLICATION_CHANGED: "consent_required",
    Reason.MORE_ASKED_FOR: "consent_required",
    Reason.DETAILS_ADDED: "consent_required",
    Reason.TERMS_CHANGED: "consent_required",
    Reason.ADDRESS_GONE: "consent_required",
}
# What is between the account's owner and us: no service learns of it.
PRIVATE: Final = frozenset({Reason.BLOCKED, Reason.DETAILS_ADDED, Reason.ADDRESS_GONE})
