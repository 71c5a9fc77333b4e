"""The closed list of audit events.

Grammar: `subject:object:action`, where the subject is whose life the event belongs to (account,
organisation, application, provider), the action a past participle. Kept in alphabetical order.
"""

from enum import StrEnum


class Event(StrEnum):
    """One kind of fact."""

    ACCOUNT_CREATED = "account:account:created"
    ACCOUNT_REINSTATED = "account:account:reinstated"
    ACCOUNT_SUSPENDED = "account:account:suspended"
    AUTHORIZATION_GRANTED = "account:authorization:granted"
    CONSENT_GRANTED = "account:consent:granted"
    CONSENT_REFUSED = "account:consent:refused"
    CONSENT_WITHDRAWN = "account:consent:withdrawn"
    PASSWORD_RESET = "account:password:reset"
    PASSWORD_RESET_REQUESTED = "account:password_reset:requested"
    SESSION_ENDED = "account:session:ended"
    SESSION_STARTED = "account:session:started"
    SESSIONS_ENDED = "account:sessions:ended"
    SIGN_IN_REFUSED = "account:sign_in:refused"
    SIGN_UP_CONFIRMED = "account:sign_up:confirmed"
    SIGN_UP_REFUSED = "account:sign_up:refused"
    SIGN_UP_REQUESTED = "account:sign_up:requested"
    SERVICE_SIGNED_OUT = "account:service:signed_out"
    TOKENS_ISSUED = "account:tokens:issued"
    TOKENS_REFRESHED = "account:tokens:refreshed"
    TOKENS_REVOKED = "account:tokens:revoked"
    CODE_REUSED = "application:code:reused"
    APPLICATION_CHANGED = "application:application:changed"
    APPLICATION_CREATED = "application:application:created"
    APPLICATION_REINSTATED = "application:application:reinstated"
    APPLICATION_SUSPENDED = "application:application:suspended"
    CLIENT_SECRET_ISSUED = "application:client_secret:issued"
    CLIENT_SECRET_ROTATED = "application:client_secret:rotated"
    REFRESH_TOKEN_REUSED = "application:refresh_token:reused"
    ORGANISATION_CREATED = "organisation:organisation:created"
    ORGANISATION_REINSTATED = "organisation:organisation:reinstated"
    ORGANISATION_SUSPENDED = "organisation:organisation:suspended"
    SIGNING_KEY_CREATED = "provider:signing_key:created"
    SIGNING_KEY_PROMOTED = "provider:signing_key:promoted"
    SIGNING_KEY_RETIRED = "provider:signing_key:retired"
    SIGNING_KEY_REVOKED = "provider:signing_key:revoked"
