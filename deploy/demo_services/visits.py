"""What a service remembers of each browser: kept in this process, bounded, behind a signed cookie.

Tokens never leave it: the browser holds only a random key.
"""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from threading import Lock
from typing import Any

Claims = Mapping[str, Any]

MOST_VISITS = 1000
MOST_DEPARTURES = 5
VISIT_SECONDS = 12 * 3600
DEPARTURE_SECONDS = 2 * 3600


class Ended(StrEnum):
    """Why a signed-in browser is signed out without having asked for it."""

    SIGNED_OUT_ELSEWHERE = "login_required"
    SHARING_STOPPED = "consent_required"
    QUESTION_OPEN = "interaction_required"
    SOMEONE_ELSE = "someone_else"
    NOT_RENEWED = "not_renewed"
    TOLD = "told"

    @classmethod
    def by(cls, error: str) -> "Ended":
        """Return the reason behind a refusal to renew. OpenID Connect Core §3.1.2.6."""
        try:
            return cls(error)
        except ValueError:
            return cls.NOT_RENEWED


@dataclass(frozen=True, slots=True)
class Departure:
    """A browser sent to the provider: what its answer must match."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    silent: bool
    began: float


@dataclass(slots=True)
class SignedIn:
    """Who is signed in, and the tokens that say so."""

    token: Mapping[str, Any] = field(repr=False)
    id_token: Claims
    userinfo: Claims
    at: datetime
    renewed: bool = False

    @property
    def subject(self) -> str:
        """The person's number at this service (`sub`)."""
        return str(self.id_token["sub"])


@dataclass(slots=True)
class Visit:
    """One browser at this service; not kept until it is placed in `Visits`."""

    key: str = ""
    began: float = 0.0
    form_token: str = field(default_factory=secrets.token_urlsafe, repr=False)
    departures: dict[str, Departure] = field(default_factory=dict)
    signed_in: SignedIn | None = None
    ended: Ended | None = None
    leaving: str = ""

    def depart(self, departure: Departure) -> None:
        """Remember a browser sent away, forgetting the oldest when there are too many."""
        while len(self.departures) >= MOST_DEPARTURES:
            self.departures.pop(next(iter(self.departures)), None)
        self.departures[departure.state] = departure

    def arrive(self, state: str, now: float) -> Departure | None:
        """Return the departure of that state, once: a replayed answer finds nothing."""
        departure = self.departures.pop(state, None)
        if departure is None or now - departure.began > DEPARTURE_SECONDS:
            return None
        return departure


class Visits:
    """Every visit of this process, the oldest dropped first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._signing_key = secrets.token_bytes(32)
        self._visits: OrderedDict[str, Visit] = OrderedDict()
        self._lock = Lock()

    def find(self, cookie: str) -> Visit | None:
        """Return the visit that a cookie names, unless forged, unknown or too old."""
        key, _, signature = cookie.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(key).encode()):
            return None
        visit = self._visits.get(key)
        if visit is None or self._clock() - visit.began > VISIT_SECONDS:
            return None
        return visit

    def place(self, visit: Visit) -> None:
        """Keep the visit under a new key; the cookie of its former key is worth nothing now.

        At sign-in this stops session fixation: a key planted before is not the key used after.
        """
        with self._lock:
            self._visits.pop(visit.key, None)
            visit.key = secrets.token_urlsafe(32)
            visit.began = self._clock()
            self._visits[visit.key] = visit
            while len(self._visits) > MOST_VISITS:
                self._visits.popitem(last=False)

    def end(self, which: Callable[[SignedIn], bool]) -> None:
        """Sign out these browsers, because the provider says so."""
        for visit in list(self._visits.values()):
            if visit.signed_in is not None and which(visit.signed_in):
                visit.signed_in, visit.ended = None, Ended.TOLD

    def cookie(self, visit: Visit) -> str:
        """Return the cookie value that names a placed visit."""
        return f"{visit.key}.{self._signature(visit.key)}"

    def _signature(self, key: str) -> str:
        return hmac.new(self._signing_key, key.encode(), hashlib.sha256).hexdigest()
