"""Rows for tests, each made by one small function with sensible defaults.

They write rows directly, so that a test of one feature does not depend on the operations of others.
"""

from tests.factories.agreements import consent, participant
from tests.factories.old_ids import claimed, old_user_id
from tests.factories.partners import (
    OFFLINE,
    REDIRECT_URI,
    application,
    client_secret,
    member,
    organisation,
    resource,
    sandbox,
    test_resident,
)
from tests.factories.people import (
    PASSWORD,
    account,
    email_address,
    own_account,
    session,
    staff_member,
)
from tests.factories.streams import event_stream, known_account, security_event
from tests.factories.tokens import (
    VERIFIER,
    IssuedCode,
    authorization_request,
    challenge,
    grant,
    made_before,
    signing_keys,
)
from tests.factories.ways import way

__all__ = [
    "OFFLINE",
    "PASSWORD",
    "REDIRECT_URI",
    "VERIFIER",
    "IssuedCode",
    "account",
    "application",
    "authorization_request",
    "challenge",
    "claimed",
    "client_secret",
    "consent",
    "email_address",
    "event_stream",
    "grant",
    "known_account",
    "made_before",
    "member",
    "old_user_id",
    "organisation",
    "own_account",
    "participant",
    "resource",
    "sandbox",
    "security_event",
    "session",
    "signing_keys",
    "staff_member",
    "test_resident",
    "way",
]
