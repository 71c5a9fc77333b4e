"""`manage.py account mark-unsafe` and `mark-safe`: for staff who checked who asks."""

from collections.abc import Callable
from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Verb, argument
from accounts.models import Account
from accounts.models.email_address import address_key
from accounts.notices.queries import addresses_to_tell
from accounts.profile import queries
from accounts.safety import operations
from accounts.safety.channels import Channel, Kind, channels_of
from idp.management import reaching

_NO_MAIL: Final = (
    "No safe email address is left. The account gets no mail at all: no news of sign-ins or of "
    "changes, no link for a new password, and no way back in begins without one. Have its owner "
    "add an address while they can sign in. mark-safe takes this back."
)


def _marked(mark: Callable[[Account, str], None]) -> Callable[[Options], Outcome]:
    def run(options: Options) -> Outcome:
        account = queries.find(options["account"])
        if account is None:
            message = f"There is no account {options['account']!r}"
            raise Refused(message)
        mark(account, _key(account, options["channel"]))
        rows = [_row(account, channel) for channel in channels_of(account)]
        return Outcome(rows, () if addresses_to_tell(account) else (_NO_MAIL,))

    return run


def _key(account: Account, named: str) -> str:
    for channel in channels_of(account):
        is_named = channel.kind == named and channel.kind is not Kind.EMAIL
        if is_named or address_key(channel.shown) == address_key(named):
            return channel.key
    message = f"The account has no {named!r}"
    raise Refused(message)


def _unsafe(account: Account, key: str) -> None:
    operations.mark_unsafe(account=account, key=key, by=OPERATOR, last_too=True)


def _safe(account: Account, key: str) -> None:
    operations.mark_safe(account=account, key=key, by=OPERATOR)


def _row(account: Account, channel: Channel) -> dict[str, object]:
    shown = reaching.shown(account, channel)
    return {"kind": channel.kind, "channel": shown, "unsafe": channel.is_unsafe}


_ARGUMENTS: Final = (
    argument("account", help="its sign-in name or id"),
    argument("channel", help="an email address of its, or: phone, address"),
)
VERBS: Final = (
    Verb(
        "mark-unsafe",
        "Send nothing there, and obey nothing from there.",
        _marked(_unsafe),
        _ARGUMENTS,
    ),
    Verb("mark-safe", "Use it again, for an owner seen at a counter.", _marked(_safe), _ARGUMENTS),
)
