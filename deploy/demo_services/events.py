"""What the provider tells this service of people who sign in here: security events (RFC 8935)."""

import hmac
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from threading import Lock
from typing import Any, Final

from deploy.demo_services.configuration import Service
from deploy.demo_services.relying_party import RelyingParty, UnreachableError, UntrustedError
from deploy.demo_services.visits import SignedIn, Visits
from deploy.demo_services.wsgi import Request, Response

TOKEN: Final = "application/secevent+jwt"
MOST_KEPT: Final = 20
_UNKNOWN_SENDER: Final = "authentication_failed"
_UNFIT: Final = "invalid_request"

_WORDS: Final = {
    "account-disabled": "Somebody's account was stopped",
    "account-enabled": "Somebody's account works again",
    "account-purged": "Somebody's account was deleted",
    "consent-withdrawn": "Somebody stopped sharing with us",
    "credential-change": "Somebody changed how they sign in",
    "erasure-requested": "Somebody asks us to delete what we have",
    "session-revoked": "Somebody signed out",
    "stream-updated": "Borough Login stopped or resumed these messages",
    "verification": "A test",
}
# After these nobody may go on here under the subject.
_ENDINGS: Final = {"account-disabled", "account-purged", "consent-withdrawn"}


class NotTakenError(Exception):
    """The event is not taken; `error` is a code of RFC 8935 §2.4."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class Received:
    """One event: what it was, as this service says it, and when it came. It names nobody."""

    kind: str
    words: str
    at: datetime


class Events:
    """Takes events, signs people out that they tell of, and keeps the newest of them to show."""

    def __init__(self, service: Service, relying_party: RelyingParty, visits: Visits) -> None:
        self._service = service
        self._provider = relying_party
        self._visits = visits
        self._received: OrderedDict[str, Received] = OrderedDict()
        self._lock = Lock()

    def newest(self) -> list[Received]:
        """Return what was received, the newest first."""
        with self._lock:
            return list(reversed(self._received.values()))

    def receive(self, request: Request) -> Response:
        """Take one event: 202, or 400 with the reason (RFC 8935 §2.2, §2.3)."""
        try:
            self._check_sender(request)
            claims = self._provider.security_event(request.body.decode("ascii", "replace"))
            self._take(claims)
        except NotTakenError as refusal:
            return _refused(refusal.error)
        except UntrustedError:
            return _refused(_UNFIT)
        except UnreachableError:
            # Without the provider's keys nothing can be told of it: it tries again.
            return Response(HTTPStatus.SERVICE_UNAVAILABLE)
        return Response(HTTPStatus.ACCEPTED)

    def _check_sender(self, request: Request) -> None:
        wanted = f"Bearer {self._service.events_token}"
        # Without a token in demo.json nobody may post here.
        if not self._service.events_token or not hmac.compare_digest(
            request.authorization.encode(), wanted.encode()
        ):
            raise NotTakenError(_UNKNOWN_SENDER)
        if request.content_type != TOKEN:
            raise NotTakenError(_UNFIT)

    def _take(self, claims: Mapping[str, Any]) -> None:
        (uri,) = claims["events"]
        kind = str(uri).rpartition("/")[2]
        with self._lock:
            # A second try of what has come already: taken, and nothing to do.
            if claims["jti"] in self._received:
                return
            words = _WORDS.get(kind, "Something else")
            self._received[claims["jti"]] = Received(kind, words, datetime.now(tz=UTC))
            while len(self._received) > MOST_KEPT:
                self._received.popitem(last=False)
        if kind == "session-revoked":
            self._visits.end(partial(_is_of_session, claims["sub_id"]))
        elif kind in _ENDINGS and claims["events"][uri].get("extent") != "part":
            self._visits.end(partial(_is_older, claims["sub_id"]["sub"], claims["iat"]))


def _is_of_session(subject: Mapping[str, Any], signed_in: SignedIn) -> bool:
    is_theirs = signed_in.subject == subject["user"]["sub"]
    return is_theirs and str(signed_in.id_token.get("sid")) == str(subject["session"]["id"])


def _is_older(subject: str, at: int, signed_in: SignedIn) -> bool:
    # Whoever has signed in since, and shared again, stays: an event may come late.
    return signed_in.subject == subject and int(signed_in.id_token["iat"]) < at


def _refused(error: str) -> Response:
    body = json.dumps({"err": error, "description": f"Not taken: {error}."}).encode()
    return Response(HTTPStatus.BAD_REQUEST, body, (("Content-Type", "application/json"),))
