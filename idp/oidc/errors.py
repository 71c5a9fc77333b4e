"""Every protocol error: a registered code, a sentence for the developer, a reason for the log."""

import logging
from collections.abc import Mapping
from enum import StrEnum

from django.http import HttpResponse, JsonResponse

from accounts.security.tokens import readable_code

logger = logging.getLogger(__name__)


class ErrorCode(StrEnum):
    """Codes of the IANA OAuth Extensions Error and OAuth Parameters registries."""

    ACCESS_DENIED = "access_denied"
    ACCOUNT_SELECTION_REQUIRED = "account_selection_required"
    AUTHORIZATION_PENDING = "authorization_pending"
    CONSENT_REQUIRED = "consent_required"
    EXPIRED_TOKEN = "expired_token"
    INSUFFICIENT_SCOPE = "insufficient_scope"
    INSUFFICIENT_USER_AUTHENTICATION = "insufficient_user_authentication"
    INTERACTION_REQUIRED = "interaction_required"
    INVALID_CLIENT = "invalid_client"
    INVALID_CLIENT_METADATA = "invalid_client_metadata"
    INVALID_DPOP_PROOF = "invalid_dpop_proof"
    INVALID_GRANT = "invalid_grant"
    INVALID_REDIRECT_URI = "invalid_redirect_uri"
    INVALID_REQUEST = "invalid_request"
    INVALID_REQUEST_OBJECT = "invalid_request_object"
    INVALID_REQUEST_URI = "invalid_request_uri"
    INVALID_SCOPE = "invalid_scope"
    INVALID_TARGET = "invalid_target"
    INVALID_TOKEN = "invalid_token"
    LOGIN_REQUIRED = "login_required"
    REGISTRATION_NOT_SUPPORTED = "registration_not_supported"
    REQUEST_NOT_SUPPORTED = "request_not_supported"
    REQUEST_URI_NOT_SUPPORTED = "request_uri_not_supported"
    SERVER_ERROR = "server_error"
    SLOW_DOWN = "slow_down"
    TEMPORARILY_UNAVAILABLE = "temporarily_unavailable"
    UNAUTHORIZED_CLIENT = "unauthorized_client"
    UNMET_AUTHENTICATION_REQUIREMENTS = "unmet_authentication_requirements"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"
    UNSUPPORTED_RESPONSE_TYPE = "unsupported_response_type"
    USE_DPOP_NONCE = "use_dpop_nonce"


class ProtocolError(Exception):
    """A refused request.

    `public` goes to the partner's developer: ASCII without quotes or backslash (RFC 6749 §5.2).
    `detail` goes to the log and the organisation's own trail: a named reason and ids, never a
    secret, code or token. `parameter` and `section` say where to look.
    """

    def __init__(
        self,
        code: ErrorCode,
        public: str,
        *,
        detail: str,
        status: int = 400,
        headers: Mapping[str, str] | None = None,
        parameter: str = "",
        section: str = "",
    ) -> None:
        super().__init__(code, detail)
        self.code = code
        self.public = public
        self.detail = detail
        self.status = status
        self.headers = dict(headers or {})
        self.parameter = parameter
        self.section = section
        self.sent = ""  # for the trail: what stood for the parameter, where it is no parameter
        self.reference = new_reference()
        self.claimed_client_id = ""  # for the log: whom the caller says it is, unproven

    @property
    def description(self) -> str:
        """The sentence with the reference under which our log has the reason."""
        return f"{self.public} Reference: {self.reference}"


class AuthorizationError(ProtocolError):
    """A refused authorization request."""

    def __init__(
        self, code: ErrorCode, public: str, *, detail: str, parameter: str = "", section: str = ""
    ) -> None:
        super().__init__(code, public, detail=detail, parameter=parameter, section=section)


class ShownError(AuthorizationError):
    """Shown on a page of ours: no redirect URI can be trusted (RFC 6749 §4.1.2.1)."""


class EndedError(ShownError):
    """Shown to residents of a service that has ended: where to go instead."""

    def __init__(self, *, name: str, where_to_go: str) -> None:
        super().__init__(
            ErrorCode.UNAUTHORIZED_CLIENT,
            "This application has ended.",
            detail="application_ended",
            parameter="client_id",
            section="RFC 6749 §4.1.2.1",
        )
        self.name = name
        self.where_to_go = where_to_go


class RedirectedError(AuthorizationError):
    """Sent to the application's own redirect URI (RFC 6749 §4.1.2.1)."""


def new_reference() -> str:
    """Return a short random text that joins an answer and its line in the log."""
    code = readable_code()
    return f"{code[:4]}-{code[4:]}"


def log(error: ProtocolError, *, endpoint: str, client_id: str = "") -> None:
    """Write why a request was refused, for whoever is given the reference."""
    logger.info(
        "%s refused: %s (%s) client=%s reference=%s",
        endpoint,
        error.code,
        error.detail,
        # A client_id as sent may hold line breaks that would forge lines of the log.
        ascii(client_id[:64]),
        error.reference,
    )


def json_answer(error: ProtocolError) -> HttpResponse:
    """Return the error as RFC 6749 §5.2 words it."""
    body = {"error": error.code.value, "error_description": error.description}
    response = JsonResponse(body, status=error.status, headers=error.headers)
    return never_stored(response)


def never_stored(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of every cache (RFC 6749 §5.1)."""
    response["Cache-Control"] = "no-store"
    response["Pragma"] = "no-cache"
    return response
