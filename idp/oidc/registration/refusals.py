"""Why a registration is refused, for the developer (RFC 7591 §3.2.2, RFC 6750 §3)."""

import re
from collections.abc import Sequence
from typing import Final

from clients.applications.rules import Finding
from clients.applications.wording import sentence_without_value
from idp.oidc.errors import ErrorCode, ProtocolError

_SECTION: Final = "RFC 7591 §2, OIDC Registration §2"
_REALM: Final = 'Bearer realm="registration"'
# Part of a registration -> the member that it is read from, where the names differ.
_MEMBERS: Final = {
    "redirect_uri": "redirect_uris",
    "post_logout_redirect_uri": "post_logout_redirect_uris",
    "request_uri": "request_uris",
    "name": "client_name",
    "home_url": "client_uri",
    "privacy_url": "policy_uri",
    "terms_url": "tos_uri",
    "contact": "contacts",
    "auth_method": "token_endpoint_auth_method",
    "certificate_bound_access_tokens": "tls_client_certificate_bound_access_tokens",
    "certificate_subject": "tls_client_auth_subject_dn",
    "grant_type": "grant_types",
    "kind": "grant_types",
    "sector_identifier": "sector_identifier_uri",
}
_MOST_TOLD: Final = 3
_LONGEST_VALUE: Final = 100
# RFC 6749 §5.2: what may stand in an error_description.
_UNFIT: Final = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")


def of_findings(findings: Sequence[Finding]) -> ProtocolError:
    """Return the refusal of what was found unfit; the first tells of which kind it is."""
    first = findings[0]
    told = " ".join(_sentence(finding) for finding in findings[:_MOST_TOLD])
    return of_member(member_of(first), told, detail=first.problem)


def of_member(member: str, public: str, *, detail: str, section: str = _SECTION) -> ProtocolError:
    """Return the refusal of this member of the metadata."""
    is_address = member == "redirect_uris"
    return ProtocolError(
        ErrorCode.INVALID_REDIRECT_URI if is_address else ErrorCode.INVALID_CLIENT_METADATA,
        public,
        detail=detail,
        parameter=member,
        section=section,
    )


def member_of(finding: Finding) -> str:
    """Return the member of the metadata that was found unfit."""
    return _MEMBERS.get(finding.part, finding.part)


def bad_token(*, detail: str) -> ProtocolError:
    """Return the refusal of a token: one sentence for all reasons."""
    error = ProtocolError(
        ErrorCode.INVALID_TOKEN,
        "The token is unknown, or not for this, or good no more.",
        detail=detail,
        status=401,
        section="RFC 6750 §3.1",
    )
    error.headers["WWW-Authenticate"] = (
        f'{_REALM}, error="{error.code}", error_description="{error.description}"'
    )
    return error


def no_token() -> ProtocolError:
    """Return the refusal of a request without a token; its challenge names no error."""
    return ProtocolError(
        ErrorCode.INVALID_TOKEN,
        "Send a token in the Authorization header, as Bearer.",
        detail="no_token",
        status=401,
        headers={"WWW-Authenticate": _REALM},
        section="RFC 6750 §3.1",
    )


def suspended() -> ProtocolError:
    """Return the refusal of an application that may do nothing now."""
    return ProtocolError(
        ErrorCode.UNAUTHORIZED_CLIENT,
        "The application or its organisation is suspended: ask the council.",
        detail="application_suspended",
        status=403,
        section="RFC 7592 §2.1",
    )


def shown(value: str) -> str:
    """Return a value as an error_description may hold it."""
    return _UNFIT.sub("?", value[:_LONGEST_VALUE])


def _sentence(finding: Finding) -> str:
    words = sentence_without_value(finding).rstrip(".")
    given = f" Given: {shown(finding.value)}" if finding.value else ""
    return shown_whole(f"{member_of(finding)}: {words}.{given}")


def shown_whole(text: str) -> str:
    """Return a text of ours as an error_description may hold it."""
    return _UNFIT.sub("?", text)
