"""Every limit there is, with what it counts by.

`README.md` says how likely the patient guess that they allow is to be right.
"""

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

# Any form of a page that counts nothing itself. Whoever is signed in has a count of their own:
# strangers in the same library must not keep them from going on.
FORMS_NETWORK = Limit("forms_network", 2000, _HOUR, ("network",))
FORMS_ACCOUNT = Limit("forms_account", 1000, _HOUR, ("account",))

# Looking at an application's keys from its page: each makes us ask a server that a partner names.
PARTNER_KEYS = Limit("partner_keys", 30, _HOUR, ("client",))

# Guessing one person's password from one place: the one limit on passwords that refuses.
SIGN_IN = Limit("sign_in", 10, _QUARTER, ("name", "network"))
# Guessing one person's password from many places, many people's from one place, and many people's
# from many places. Strangers can fill these, so they keep nobody out: over them we ask for another
# way first, and browsers in which the person signed in before (KNOWN_BROWSER) need none.
SIGN_IN_NAME = Limit("sign_in_name", 100, _HOUR, ("name",))
SIGN_IN_NETWORK = Limit("sign_in_network", 300, _QUARTER, ("network",))
SIGN_IN_SITE = Limit("sign_in_site", 600, timedelta(minutes=1), ())
# Somebody of this name was refused by SIGN_IN, from wherever; it refuses nothing itself. The staff
# see it, who know a name and no network.
SIGN_IN_STOPPED = Limit("sign_in_stopped", 1, _QUARTER, ("name",))
# Passwords that the staff let through beyond SIGN_IN (SIGN_IN_LIFTED), from wherever they come.
SIGN_IN_AFTER_LIFT = Limit("sign_in_after_lift", 10, _QUARTER, ("name",))
# Passwords in a sign-in whose mailed code was right, whatever the limits above say.
SIGN_IN_PROVED = Limit("sign_in_proved", 5, _HOUR, ("sign_in",))

# Mailed codes to go on with a sign-in. Whoever is stopped at the first shall not fill the others.
SIGN_IN_MAIL = Limit("sign_in_mail", 3, _HOUR, ("name", "network"))
SIGN_IN_MAIL_NAME = Limit("sign_in_mail_name", 6, _HOUR, ("name",))
# Few, so that nobody floods a mailbox: a stranger who uses them up has sent the owner as many links
# that work for a day (SIGN_IN_LINK_LIFETIME), each of which lets a browser go on.
SIGN_IN_MAIL_DAILY = Limit("sign_in_mail_daily", 10, timedelta(days=1), ("name",))
# Over these many from one place, to whomever, one mail a day to each name: every reader of a
# library gets in, and a stranger there cannot write to all residents again and again.
SIGN_IN_MAIL_NETWORK = Limit("sign_in_mail_network", 100, _HOUR, ("network",))
SIGN_IN_MAIL_CROWD = Limit("sign_in_mail_crowd", 1, timedelta(days=1), ("name", "network"))
SIGN_IN_CODE = Limit("sign_in_code", 5, _HOUR, ("mail",))

# What everybody needs who is not signed in yet, and nobody can guess anything by: it costs us a row
# or a signature check. These refuse, so they are far above what one person sends who wants to keep
# the other readers of a library out: twenty a second.
_TORRENT = 20_000
AUTHORIZATION_NETWORK = Limit("authorization_network", _TORRENT, _QUARTER, ("network",))
# By application too: a service's server pushes the requests of all its residents.
PUSHED_REQUESTS = Limit("pushed_requests", _TORRENT, _QUARTER, ("client", "network"))
# Each makes us ask a partner's server, and wait for it.
REQUEST_URI = Limit("request_uri", 600, _QUARTER, ("client", "network"))
SIGN_IN_BEGUN_NETWORK = Limit("sign_in_begun_network", _TORRENT, _QUARTER, ("network",))
PASSKEY_NETWORK = Limit("passkey_network", _TORRENT, _QUARTER, ("network",))
PASSKEY_OPTIONS_NETWORK = Limit("passkey_options_network", _TORRENT, _QUARTER, ("network",))
# The staff's own door: a council's whole office is one network, and none of it signs in so often.
STAFF_NETWORK = Limit("staff_network", 2000, _QUARTER, ("network",))
# What somebody of the staff looks up for callers, and how much of it leads nowhere: fishing.
HELP_LOOKS = Limit("help_looks", 60, _HOUR, ("staff",))
HELP_MISSES = Limit("help_misses", 15, _HOUR, ("staff",))
# Looking at one person so often stops nobody: somebody may have to ring five times. It is told, as
# the limits above are, and of each of the staff once a day: what is little must not hide the rest.
HELP_SAME_PERSON = Limit("help_same_person", 6, timedelta(days=1), ("staff", "account"))
# How many people somebody opens in a day and does nothing for nearly any of them; counted from the
# log, so that one act does not begin it anew.
HELP_LOOKS_ALONE = Limit("help_looks_alone", 20, timedelta(days=1), ("staff",))
HELP_ALERTS = Limit("help_alerts", 1, timedelta(days=1), ("staff", "pattern"))
# Names are found whole, and still somebody could go through all Smiths.
NAME_SEARCHES = Limit("name_searches", 20, _HOUR, ("staff",))
NAME_SEARCHES_DAILY = Limit("name_searches_daily", 60, timedelta(days=1), ("staff",))
# Papers typed in at counters for one account, whoever of the staff does it: names and birthdays of
# a stranger can be tried, and several colleagues would have as many tries each.
COUNTER_CHECKS = Limit("counter_checks", 5, timedelta(days=1), ("account",))
# Codes for calls: had mailed by one of the staff, and to whoever was named; heard and typed by one
# of the staff, across all callers; shown to a resident.
CALL_CODES_MAILED = Limit("call_codes_mailed", 30, _HOUR, ("staff",))
CALL_CODES_MAILED_TO = Limit("call_codes_mailed_to", 5, _HOUR, ("given",))
CALLERS_CHECKED = Limit("callers_checked", 40, _HOUR, ("staff",))
CALL_CODES_SHOWN = Limit("call_codes_shown", 20, _HOUR, ("account",))
# Sheets that one of the staff prints: a busy day at a counter, and no more.
START_CODES_MADE = Limit("start_codes_made", 30, timedelta(days=1), ("staff",))
# What they set in motion for somebody whom nobody has checked.
HELP_MAILS = Limit("help_mails", 6, timedelta(days=1), ("name",))
HELP_LIFTS = Limit("help_lifts", 3, timedelta(days=1), ("name",))

# Guessing the code of a second step, with the password known. Soft: the account's other ways have
# counts of their own, and whoever reads its mail, or is in a browser of its own (OWN_BROWSER), has
# tries that no stranger uses up.
SECOND_STEP = Limit("second_step", 10, _QUARTER, ("account", "way", "network"))
SECOND_STEP_DAILY = Limit("second_step_daily", 60, timedelta(days=1), ("account", "way"))
SECOND_STEP_MAILED = Limit("second_step_mailed", 10, _QUARTER, ("account", "way"))
SECOND_STEP_MAILED_DAILY = Limit(
    "second_step_mailed_daily", 20, timedelta(days=1), ("account", "way")
)
SECOND_STEP_OWN = Limit("second_step_own", 10, _QUARTER, ("account", "way", "browser"))
SECOND_STEP_OWN_DAILY = Limit(
    "second_step_own_daily", 20, timedelta(days=1), ("account", "way", "browser")
)

# Mail to one address that its reader may never have asked for.
SIGN_UP_MAIL = Limit("sign_up_mail", 5, _HOUR, ("address",))
# With five tries at each code, 50 of a million guesses a day.
SIGN_UP_MAIL_DAILY = Limit("sign_up_mail_daily", 10, timedelta(days=1), ("address",))
SIGN_UP_NETWORK = Limit("sign_up_network", 100, _HOUR, ("network",))
# Guessing the six digits of one mail: 10 of a million.
SIGN_UP_CODE = Limit("sign_up_code", 10, _HOUR, ("sign_up",))
SIGN_UP_CODE_NETWORK = Limit("sign_up_code_network", 200, _HOUR, ("network",))
SIGN_UP_DETAILS_NETWORK = Limit("sign_up_details_network", 100, _HOUR, ("network",))

# Codes of printed sheets, right or wrong. A browser's own count says nothing to who guesses; it
# keeps one reader of a library from using up the tries of all.
START_CODE = Limit("start_code", 10, _HOUR, ("browser",))
START_CODE_NETWORK = Limit("start_code_network", 100, _HOUR, ("network",))

# Over these no further mail is sent while the mailbox has a link that works, and the last one works
# until there is room again (`accounts/recovery/mails.py`): nobody floods a mailbox or empties it.
RESET_MAIL = Limit("reset_mail", 5, _HOUR, ("mailbox",))
RESET_MAIL_DAILY = Limit("reset_mail_daily", 10, timedelta(days=1), ("mailbox",))
RESET_NETWORK = Limit("reset_network", 100, _HOUR, ("network",))
RESET_LINK_NETWORK = Limit("reset_link_network", 100, _HOUR, ("network",))

# What one account may set in motion, whoever signed in to it.
EMAIL_CHANGE = Limit("email_change", 10, timedelta(days=1), ("account",))
EMAIL_CHANGE_CODE = Limit("email_change_code", 20, _HOUR, ("account",))
LEAVING_MAIL = Limit("leaving_mail", 10, timedelta(days=1), ("account",))
PHONE_TEXT = Limit("phone_text", 5, timedelta(days=1), ("account",))
PHONE_NUMBER_TEXT = Limit("phone_number_text", 5, timedelta(days=1), ("number",))
PHONE_CODE = Limit("phone_code", 20, _HOUR, ("account",))
# A thief who deletes what was prepared and asks anew makes work; nobody needs more.
EXPORT = Limit("export", 3, timedelta(days=1), ("account",))
ADDRESS_LOOKUP = Limit("address_lookup", 30, _HOUR, ("account",))

# What partners may set in motion: organisations that nobody checked, and mails of theirs to whoever
# never asked for one.
ORGANISATIONS = Limit("organisations", 5, timedelta(days=1), ("account",))
ORGANISATIONS_NETWORK = Limit("organisations_network", 50, timedelta(days=1), ("network",))
INVITATIONS = Limit("invitations", 50, timedelta(days=1), ("account",))
INVITATION_MAIL = Limit("invitation_mail", 5, timedelta(days=1), ("mailbox",))
# Each takes one of the hashes that residents wait for (pages count with all forms).
TEST_RESIDENT_RENEWED = Limit("test_resident_renewed", 60, _HOUR, ("organisation",))
# Each makes us ask a name server.
DOMAIN_LOOKUP = Limit("domain_lookup", 20, _HOUR, ("organisation",))
# Each keeps a thread until a web server of theirs has answered, which residents would wait for.
PRIVACY_NOTICE = Limit("privacy_notice", 20, _HOUR, ("organisation",))
# Each is drawn anew, which takes a part of a second of a processor.
LOGO_UPLOADS = Limit("logo_uploads", 60, _HOUR, ("organisation",))

# Getting back in: mails that their reader may not have asked for, and guesses behind a mailed link.
RECOVERY_MAIL = Limit("recovery_mail", 5, _HOUR, ("mailbox",))
RECOVERY_MAIL_DAILY = Limit("recovery_mail_daily", 10, timedelta(days=1), ("mailbox",))
RECOVERY_NETWORK = Limit("recovery_network", 100, _HOUR, ("network",))
# From one place, so that another reader of the mailbox does not use up the owner's tries; and from
# all places together: 67,200 in the 28 days of a code, of which there are 5e10.
RECOVERY_GUESS = Limit("recovery_guess", 10, _HOUR, ("account", "network"))
RECOVERY_GUESS_ACCOUNT = Limit("recovery_guess_account", 100, _HOUR, ("account",))
# Paper that somebody else may find in the hall.
RECOVERY_LETTER = Limit("recovery_letter", 2, timedelta(days=28), ("account",))
SHEET_LETTER = Limit("sheet_letter", 2, timedelta(days=28), ("account",))

# Text messages, which cost money and may go to a stranger's phone.
TEXT_MESSAGE = Limit("text_message", 5, _HOUR, ("account",))
TEXT_MESSAGE_DAILY = Limit("text_message_daily", 10, timedelta(days=1), ("account",))
# As with the codes of a second step: a stranger with the password uses up none of these.
TEXT_MESSAGE_MAILED = Limit("text_message_mailed", 5, _HOUR, ("account",))
TEXT_MESSAGE_MAILED_DAILY = Limit("text_message_mailed_daily", 10, timedelta(days=1), ("account",))
TEXT_MESSAGE_OWN = Limit("text_message_own", 5, _HOUR, ("account", "browser"))
TEXT_MESSAGE_OWN_DAILY = Limit(
    "text_message_own_daily", 10, timedelta(days=1), ("account", "browser")
)

# Guessing the code that a device shows (idp/oidc/device/README.md). The first that an account types
# in a day is not held against what others typed, in the same place or anywhere.
DEVICE_CODE = Limit("device_code", 10, _HOUR, ("account",))
DEVICE_CODE_DAILY = Limit("device_code_daily", 20, timedelta(days=1), ("account",))
DEVICE_CODE_FIRST = Limit("device_code_first", 1, timedelta(days=1), ("account",))
DEVICE_CODE_NETWORK = Limit("device_code_network", 100, _HOUR, ("network",))
DEVICE_CODE_SITE = Limit("device_code_site", 1000, _HOUR, ())
# Devices ask from homes; each is a row for a day.
DEVICE_AUTHORIZATION = Limit("device_authorization", 600, _QUARTER, ("client", "network"))

# Guessing client secrets, codes or verifiers.
CLIENT_AUTHENTICATION = Limit("client_authentication", 60, _QUARTER, ("client", "network"))
CODE_EXCHANGE = Limit("code_exchange", 60, _QUARTER, ("client", "network"))

# Guessing what a service called somebody, through a service that passes on what residents type: for
# one person, right or wrong; for all together, if wrong.
OLD_USER_ID = Limit("old_user_id", 20, _HOUR, ("client", "account"))
# Each list makes thousands of rows.
OLD_USER_ID_LISTS = Limit("old_user_id_lists", 600, _HOUR, ("client",))
OLD_USER_ID_WRONG = Limit("old_user_id_wrong", 1000, _HOUR, ("client",))

# Programs that register themselves: a token's holder makes us ask a partner's server and adds rows.
REGISTRATION = Limit("registration", 600, _HOUR, ("token",))
REGISTRATION_CHANGED = Limit("registration_changed", 100, _HOUR, ("client",))
# An application's own stream of events: each change is a row of the audit log.
EVENT_STREAM_CHANGED = Limit("event_stream_changed", 100, _HOUR, ("client",))
STREAM_SUBJECTS = Limit("stream_subjects", 6000, _HOUR, ("client",))
# Tokens that are none, of 256 bits each.
# Old news sent again by a press on a page: as much as somebody who looks for a mistake needs.
SENT_AGAIN = Limit("sent_again", 60, _HOUR, ("application",))
REGISTRATION_REFUSED = Limit("registration_refused", 60, _QUARTER, ("network",))
# Programs at the partners' API, and tokens there that are none.
API_CALL = Limit("api_call", 6000, _HOUR, ("token",))
API_REFUSED = Limit("api_refused", 60, _QUARTER, ("network",))

LIMITS = tuple(row for row in list(globals().values()) if isinstance(row, Limit))

# Lets browsers in which somebody signed in past the limits that ask for another way, until they
# sign out there.
KNOWN_BROWSER = Exemption("known_browser", timedelta(days=30), ("name", "browser"))
# Browsers of whose sign-ins the account's owner was told, or made the account in: told once since
# the owner last sent others away.
TOLD_BROWSER = Exemption("told_browser", timedelta(days=90), ("account", "browser", "since"))
# Browsers in which somebody signed in by more than one factor, or by a passkey, until the account's
# owner sends others away: what is guessed elsewhere does not count there. Never a shared device.
OWN_BROWSER = Exemption("own_browser", timedelta(days=90), ("account", "browser", "since"))
# Names whose owner rang the staff about too many tries.
SIGN_IN_LIFTED = Exemption("sign_in_lifted", _QUARTER, ("name",))
EXEMPTIONS = (KNOWN_BROWSER, TOLD_BROWSER, OWN_BROWSER, SIGN_IN_LIFTED)
