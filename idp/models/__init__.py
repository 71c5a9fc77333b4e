"""Tables of the provider: requests, trail, tokens, consents, blocks, ledger, keys and more."""

from idp.models.authorization_request import AuthorizationRequest
from idp.models.block import Block
from idp.models.consent import Consent
from idp.models.delivery import Delivery
from idp.models.disclosure import Disclosure
from idp.models.erasure_request import ErasureRequest
from idp.models.event_stream import EventStream, RemovedSubject
from idp.models.help_session import HelpSession
from idp.models.hidden_service import HiddenService
from idp.models.name_search import NameSearch
from idp.models.old_user_id import OldUserId
from idp.models.pairwise_subject import PairwiseSubject
from idp.models.participant import Participant
from idp.models.request_trail import RequestCount, RequestTrail, TrailOverflow
from idp.models.security_event import SecurityEvent
from idp.models.signing_key import SigningKey
from idp.models.staff_request import StaffRequest
from idp.models.tester_run import TesterRun
from idp.models.tokens import AccessToken, DeviceGrant, Grant, IDToken, RefreshToken
from idp.models.used_jti import UsedJti
from idp.models.week_figure import WeekFigure

__all__ = [
    "AccessToken",
    "AuthorizationRequest",
    "Block",
    "Consent",
    "Delivery",
    "DeviceGrant",
    "Disclosure",
    "ErasureRequest",
    "EventStream",
    "Grant",
    "HelpSession",
    "HiddenService",
    "IDToken",
    "NameSearch",
    "OldUserId",
    "PairwiseSubject",
    "Participant",
    "RefreshToken",
    "RemovedSubject",
    "RequestCount",
    "RequestTrail",
    "SecurityEvent",
    "SigningKey",
    "StaffRequest",
    "TesterRun",
    "TrailOverflow",
    "UsedJti",
    "WeekFigure",
]
