"""Every limit there is, with what it counts by."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limit:
    """At most `amount` tries in `window`, which begins with the first try.

    `counts_by` names the keys that a call must give, in order.
    """

    name: str
    amount: int
    window: timedelta
    counts_by: tuple[str, ...]


@dataclass(frozen=True)
class Exemption:
    """Something shown once and remembered for a time, which a limit makes way for."""

    name: str
    lasts: timedelta
    counts_by: tuple[str, ...]


_QUARTER = timedelta(minutes=15)
_HOUR = timedelta(hours=1)

# Any form of any page, on top of what the page's own limits say.
FORMS_NETWORK = Limit("forms_network", 2000, _HOUR, ("network",))

# Guessing one person's password from one place.
SIGN_IN = Limit("sign_in", 10, _QUARTER, ("name", "network"))
# Guessing one person's password from many places. Far higher than anybody needs: whoever fills it
# keeps the owner's new browsers out, and for one window at most. KNOWN_BROWSER lets the
# owner's own through.
SIGN_IN_NAME = Limit("sign_in_name", 100, _HOUR, ("name",))
# Guessing many people's passwords from one place; a library's forty readers share an address.
SIGN_IN_NETWORK = Limit("sign_in_network", 300, _QUARTER, ("network",))

# Trying passkeys, which nobody can guess; each costs a signature check. An open sign-in page asks
# for a new question every few minutes.
PASSKEY_NETWORK = Limit("passkey_network", 300, _QUARTER, ("network",))
PASSKEY_OPTIONS_NETWORK = Limit("passkey_options_network", 1000, _QUARTER, ("network",))

# Mail to one address that its reader may never have asked for.
SIGN_UP_MAIL = Limit("sign_up_mail", 5, _HOUR, ("address",))
# With five tries at each code, 50 of a million guesses a day.
SIGN_UP_MAIL_DAILY = Limit("sign_up_mail_daily", 10, timedelta(days=1), ("address",))
SIGN_UP_NETWORK = Limit("sign_up_network", 100, _HOUR, ("network",))
# Guessing the six digits of one mail: 10 of a million.
SIGN_UP_CODE = Limit("sign_up_code", 10, _HOUR, ("sign_up",))
SIGN_UP_CODE_NETWORK = Limit("sign_up_code_network", 200, _HOUR, ("network",))
SIGN_UP_DETAILS_NETWORK = Limit("sign_up_details_network", 100, _HOUR, ("network",))

RESET_MAIL = Limit("reset_mail", 5, _HOUR, ("name",))
# Guessing the code of a second step, with the password known: three of a million are right at a
# time. By account, from whichever session or place. Soft: the account's other ways have counts of
# their own.
SECOND_STEP = Limit("second_step", 10, _QUARTER, ("account", "way"))
# 0.03 % a day, however patiently.
SECOND_STEP_DAILY = Limit("second_step_daily", 100, timedelta(days=1), ("account", "way"))

RESET_NETWORK = Limit("reset_network", 100, _HOUR, ("network",))
RESET_LINK_NETWORK = Limit("reset_link_network", 100, _HOUR, ("network",))

# What one account may set in motion, whoever signed in to it.
EMAIL_CHANGE = Limit("email_change", 10, timedelta(days=1), ("account",))
EMAIL_CHANGE_CODE = Limit("email_change_code", 20, _HOUR, ("account",))
LEAVING_MAIL = Limit("leaving_mail", 10, timedelta(days=1), ("account",))
PHONE_TEXT = Limit("phone_text", 5, timedelta(days=1), ("account",))
PHONE_NUMBER_TEXT = Limit("phone_number_text", 5, timedelta(days=1), ("number",))
PHONE_CODE = Limit("phone_code", 20, _HOUR, ("account",))
ADDRESS_LOOKUP = Limit("address_lookup", 30, _HOUR, ("account",))

# Filling the database with authorization requests that nobody goes on with.
AUTHORIZATION_NETWORK = Limit("authorization_network", 1000, _QUARTER, ("network",))

# Guessing client secrets, codes or verifiers.
CLIENT_AUTHENTICATION = Limit("client_authentication", 60, _QUARTER, ("client", "network"))
CODE_EXCHANGE = Limit("code_exchange", 60, _QUARTER, ("client", "network"))

LIMITS = (
    FORMS_NETWORK,
    SIGN_IN,
    SIGN_IN_NAME,
    SIGN_IN_NETWORK,
    PASSKEY_NETWORK,
    PASSKEY_OPTIONS_NETWORK,
    SIGN_UP_MAIL,
    SIGN_UP_MAIL_DAILY,
    SIGN_UP_NETWORK,
    SIGN_UP_CODE,
    SIGN_UP_CODE_NETWORK,
    SIGN_UP_DETAILS_NETWORK,
    RESET_MAIL,
    RESET_NETWORK,
    RESET_LINK_NETWORK,
    EMAIL_CHANGE,
    EMAIL_CHANGE_CODE,
    LEAVING_MAIL,
    PHONE_TEXT,
    SECOND_STEP,
    SECOND_STEP_DAILY,
    PHONE_NUMBER_TEXT,
    PHONE_CODE,
    ADDRESS_LOOKUP,
    AUTHORIZATION_NETWORK,
    CLIENT_AUTHENTICATION,
    CODE_EXCHANGE,
)

# Lets browsers in which somebody signed in through SIGN_IN_NAME, until they sign out there.
KNOWN_BROWSER = Exemption("known_browser", timedelta(days=30), ("name", "browser"))
