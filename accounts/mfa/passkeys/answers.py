"""What a browser answers to a challenge, read from JSON that anybody may have written."""

import json
from dataclasses import dataclass

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_authenticator_data,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import AuthenticationCredential, CredentialDeviceType

from accounts.mfa.passkeys.rules import ClientData, Shown

# An answer without attestation has one or two thousand characters.
LONGEST = 16_000
_LONGEST_ID = 1023  # bytes (WebAuthn Level 3 §7.1); the library lets any length through
_NO_MODEL = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Assertion:
    """An existing key's answer, not yet believed."""

    credential: AuthenticationCredential
    client_data: ClientData
    shown: Shown

    @property
    def credential_id(self) -> str:
        """The key's id in base64url, as rows hold it."""
        return bytes_to_base64url(self.credential.raw_id)


@dataclass(frozen=True)
class NewKey:
    """A key that was just made, as a row keeps it; `is_stored` if the key can find itself."""

    credential_id: str
    public_key: str
    sign_count: int
    transports: tuple[str, ...]
    aaguid: str
    backup_eligible: bool
    backed_up: bool
    user_verified: bool
    is_stored: bool


def read_assertion(answer: str) -> Assertion | None:
    """Return what an existing key answered, or None for what no browser sends."""
    if len(answer) > LONGEST:
        return None
    try:
        credential = parse_authentication_credential_json(answer)
        data = parse_authenticator_data(credential.response.authenticator_data)
        handle = credential.response.user_handle
        shown = Shown(
            user_handle=bytes_to_base64url(handle) if handle else None,
            user_verified=data.flags.uv,
            backup_eligible=data.flags.be,
            backed_up=data.flags.bs,
            sign_count=data.sign_count,
        )
        said = _client_data(credential.response.client_data_json)
    except Exception:  # noqa: BLE001 - foreign bytes, in parsers that let any error out
        return None
    return Assertion(credential, said, shown)


def is_signed(assertion: Assertion, *, public_key: str, domain: str, must_verify: bool) -> bool:
    """Say whether the key's owner signed just this, for this domain (WebAuthn Level 3 §7.2)."""
    said = assertion.client_data
    try:
        verify_authentication_response(
            credential=assertion.credential,
            expected_challenge=base64url_to_bytes(said.challenge),
            expected_rp_id=domain,
            expected_origin=said.origin,
            credential_public_key=base64url_to_bytes(public_key),
            # Compared by rules.is_cloned once the signature is known to be right: else anybody
            # could make a key look cloned.
            credential_current_sign_count=0,
            require_user_verification=must_verify,
        )
    except Exception:  # noqa: BLE001 - as above
        return False
    return True


def read_client_data(answer: str) -> ClientData | None:
    """Return where and why the browser says that it made a key, or None."""
    if len(answer) > LONGEST:
        return None
    try:
        made = parse_registration_credential_json(answer)
        return _client_data(made.response.client_data_json)
    except Exception:  # noqa: BLE001 - as above
        return None


def verified_new_key(
    answer: str, said: ClientData, *, domain: str, must_verify: bool
) -> NewKey | None:
    """Return the key that was made, if all that can be checked of it holds (§7.1)."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(said.challenge),
            expected_rp_id=domain,
            expected_origin=said.origin,
            require_user_verification=must_verify,
        )
        transports = parse_registration_credential_json(answer).response.transports or []
    except Exception:  # noqa: BLE001 - as above
        return None
    if len(made.credential_id) > _LONGEST_ID:
        return None
    return NewKey(
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        transports=tuple(transport.value for transport in transports),
        aaguid="" if made.aaguid == _NO_MODEL else made.aaguid,
        backup_eligible=made.credential_device_type is CredentialDeviceType.MULTI_DEVICE,
        backed_up=made.credential_backed_up,
        user_verified=made.user_verified,
        is_stored=_is_stored(answer),
    )


def _client_data(given: bytes) -> ClientData:
    said = json.loads(given.decode())
    return ClientData(
        challenge=str(said["challenge"]),
        origin=str(said["origin"]),
        is_framed=said.get("crossOrigin", False) is not False or "topOrigin" in said,
    )


def _is_stored(answer: str) -> bool:
    # WebAuthn Level 3 §10.1.3; a browser that does not say obeyed our "required".
    results = json.loads(answer).get("clientExtensionResults")
    properties = results.get("credProps") if isinstance(results, dict) else None
    return not (isinstance(properties, dict) and properties.get("rk") is False)
