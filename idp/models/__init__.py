"""Tables of the provider: requests, tokens, participants, consents, hidden services, keys."""

from idp.models.authorization_request import AuthorizationRequest
from idp.models.consent import Consent
from idp.models.hidden_service import HiddenService
from idp.models.pairwise_subject import PairwiseSubject
from idp.models.participant import Participant
from idp.models.signing_key import SigningKey
from idp.models.tokens import AccessToken, DeviceGrant, Grant, IDToken, RefreshToken

__all__ = [
    "AccessToken",
    "AuthorizationRequest",
    "Consent",
    "DeviceGrant",
    "Grant",
    "HiddenService",
    "IDToken",
    "PairwiseSubject",
    "Participant",
    "RefreshToken",
    "SigningKey",
]
