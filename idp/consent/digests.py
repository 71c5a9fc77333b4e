"""Keyed digests of values: what an agreement keeps in the place of the values that were shown."""

import json
from collections.abc import Mapping
from typing import Any, Final

from accounts.models import Account
from accounts.security import keyed_hash
from clients.models import Application

_PURPOSE: Final = "receipt-value"


def of(account: Account, application: Application, values: Mapping[str, Any]) -> dict[str, str]:
    """Return a digest for each claim's value.

    Nobody guesses a value by its digest without our key; and with account and application in it,
    no two receipts tell that two people, or one person at two services, have a value in common.
    """
    return {
        claim: keyed_hash.digest(_PURPOSE, _message(account, application, claim, value))
        for claim, value in values.items()
    }


def is_of(
    digest: str, account: Account, application: Application, *, claim: str, value: object
) -> bool:
    """Say whether this is the value of which the digest was made."""
    return keyed_hash.matches(_PURPOSE, _message(account, application, claim, value), digest)


def _message(account: Account, application: Application, claim: str, value: object) -> str:
    return json.dumps([str(account.pk), application.client_id, claim, value], sort_keys=True)
