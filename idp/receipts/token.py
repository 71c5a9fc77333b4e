"""A receipt as signed JSON: a JWT of a kind of its own (RFC 7519, RFC 8725 §3.11).

The names follow ISO/IEC TS 27560 where it has one; `schema.json` documents them all.
"""

from datetime import datetime
from typing import Any, Final

from django.conf import settings

from idp.keys import jwt
from idp.keys.loaded import SigningKeyPair
from idp.models import Consent
from idp.oidc import subjects
from idp.receipts import schema
from idp.receipts.record import Part, ended_at, parts, state

ALGORITHM: Final = "ES256"
MEDIA_TYPE: Final = f"application/{jwt.Typ.RECEIPT}"


def audience() -> str:
    """Return whom receipts are for: nobody who takes tokens. Whoever holds one may read it."""
    return f"{settings.ISSUER}/receipts"


def make(agreement: Consent, *, key: SigningKeyPair, now: datetime) -> str:
    """Return the signed receipt; it never expires, for it says what was."""
    application = agreement.application
    claims = {
        "iss": settings.ISSUER,
        "aud": audience(),
        "iat": int(now.timestamp()),
        "receipt": {
            "schema_version": schema.address(),
            "record_id": str(agreement.pk),
            "pii_principal_id": subjects.known(agreement.account, application),
            "party_identification": [
                {"party_role": "controller", "party_name": agreement.organisation_name},
                {
                    "party_role": "service",
                    "party_name": agreement.application_name,
                    "party_id": application.client_id,
                },
            ],
            "event": _event(agreement),
            "pii_processing": [_told(part, agreement) for part in parts(agreement)],
        },
    }
    return jwt.sign(claims, typ=jwt.Typ.RECEIPT, key=key)


def _event(agreement: Consent) -> dict[str, str]:
    return {
        "event_type": agreement.kind,
        "event_time": _time(agreement.granted_at),
        "event_state": state(agreement),
        "valid_until": _time(ended_at(agreement)),
    }


def _told(part: Part, agreement: Consent) -> dict[str, Any]:
    terms, answer = part.terms, part.answer
    return {
        "scope": part.scope.name,
        "decision": "shared" if answer else "kept_back",
        **({"event_type": answer.how, "event_time": _time(answer.at)} if answer else {}),
        "terms_version": terms.version if terms else None,
        "purpose": terms.purpose if terms else "",
        "lawful_basis": terms.lawful_basis if terms else "",
        "retention_period": terms.retention if terms else "",
        "privacy_notice": terms.privacy_notice if terms else "",
        "notice_version": terms.notice_version if terms else "",
        "pii_information": [
            {"pii_type": claim, "value_digest": agreement.value_digests.get(claim)}
            for claim in part.claims
        ],
    }


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
