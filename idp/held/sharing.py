"""What people share with services, and what they keep from them."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.retention.vocabulary import (
    After,
    Endless,
    Purpose,
    Table,
    With,
    not_personal,
    personal,
)
from idp.held.reasons import AGREED, EXPIRY, NUMBER, REGISTERED, STEP, SUBJECT, TOLD
from idp.models import (
    Block,
    Consent,
    Disclosure,
    ErasureRequest,
    HiddenService,
    OldUserId,
    PairwiseSubject,
)

_PROOF, _SHARING = Purpose.PROOF, Purpose.SHARING
# Long enough to ask what happened in the year of an agreement and in the one after.
LEDGER_KEPT: Final = timedelta(days=2 * 365)
# Long enough that everybody who uses a service once a year has come by.
OLD_IDS_WAIT: Final = timedelta(days=2 * 365)


def _waiting(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    # One that somebody brought along is theirs: it goes with their account.
    del now
    return rows.filter(account=None)


TABLES: Final = (
    Table(
        Consent,
        _("What people agreed to share, or were told: names of details, no values"),
        After("expires_at", _("it would have run out"), LEDGER_KEPT),
        owner="account",
        groups=(
            personal("account application scopes claims", _PROOF, kept=AGREED),
            personal("declined_scopes declined_claims", _PROOF, kept=AGREED),
            personal("kind earlier terms", _PROOF, kept=AGREED),
            personal("application_name organisation_name", _PROOF, kept=AGREED),
            personal("granted_at superseded_at", _PROOF, kept=AGREED),
            personal("withdrawn_at ended_with_account", _PROOF, kept=AGREED),
            personal("email chose_email", _SHARING),
            personal("value_digests", _PROOF, secret=True),
            not_personal("id", NUMBER),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        Disclosure,
        _("What services were given and when: names of details, no values"),
        After("day", _("the day"), LEDGER_KEPT),
        owner="account",
        groups=(
            personal("account application consent endpoint claims", _PROOF, kept=AGREED),
            personal("day count last_at", _PROOF, kept=AGREED),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        PairwiseSubject,
        _("The name under which a service knows an account, told to nobody else"),
        Endless(_("As long as the number that stays of the account")),
        owner="account",
        groups=(
            personal("account sector_identifier subject", _SHARING, kept=SUBJECT),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        OldUserId,
        _("What services called people before they signed in here"),
        After("registered_at", _("a service registered it, if nobody has"), OLD_IDS_WAIT, _waiting),
        owner="account",
        groups=(
            # Nobody's until somebody brings it along.
            personal("id_hash", _SHARING, kept=REGISTERED, secret=True),
            personal("application registered_at", _SHARING, kept=REGISTERED),
            personal("account claimed_at sealed", _SHARING),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        HiddenService,
        _("Services that are kept out of sight"),
        With("account"),
        owner="account",
        groups=(
            personal("account application hidden_at", Purpose.SAFETY),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        Block,
        _("Services and organisations that are blocked"),
        With("account"),
        owner="account",
        groups=(
            personal("account application organisation created_at", _SHARING),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        ErasureRequest,
        _("What services were asked to erase when an account closed, and their answers"),
        With("closing"),
        owner="closing__account",
        groups=(
            personal("closing application asked_at sent_at", Purpose.RIGHTS, kept=TOLD),
            personal("answer answered_at", Purpose.RIGHTS, kept=TOLD),
            not_personal("id", NUMBER),
            not_personal("state", STEP),
        ),
    ),
)
