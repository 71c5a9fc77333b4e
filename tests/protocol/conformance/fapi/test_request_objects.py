"""Modules of requests that the client signed (Message Signing §5.3.1, RFC 9101)."""

import json

from tests.protocol.conformance.fapi.client import PAR, HighClient
from tests.protocol.conformance.fapi.refusing import refused
from tests.protocol.signing import encoded

PLANS = ("fapi2-message-signing",)
MINUTE = 60


def is_refused(client: HighClient, request: str) -> bool:
    """Say whether a request object is refused, and a good one taken after it."""
    answer = client.push(client.request(), object_=request)
    assert refused(answer, "invalid_request_object", "invalid_request")
    return bool(client.pushed(client.request()))


def of(client: HighClient, **changes: object) -> str:
    """Return a request object, with changes to its claims; None leaves one out."""
    return client.request_object(client.request(), **changes)


def test_fapi2_security_profile_final_ensure_request_object_with_multiple_aud_succeeds(
    first: HighClient,
) -> None:
    """A list of audiences that has the issuer in it: taken (§5.3.1)."""
    both = ["https://other.example", first.provider.issuer]
    assert first.pushed(first.request(), object_=of(first, aud=both))


def test_fapi2_security_profile_final_ensure_request_object_with_nbf_8_seconds_in_the_future_is_accepted(  # noqa: E501 - the module's name
    first: HighClient,
) -> None:
    """`nbf` up to 10 s ahead: taken (Security Profile §5.3.2.1)."""
    ahead = first.provider.now() + 8
    request = of(first, iat=ahead, nbf=ahead, exp=ahead + MINUTE)
    assert first.pushed(first.request(), object_=request)


def test_fapi2_security_profile_final_ensure_request_object_without_exp_fails(
    first: HighClient,
) -> None:
    """No end: refused (§5.3.1)."""
    assert is_refused(first, of(first, exp=None))


def test_fapi2_security_profile_final_ensure_request_object_without_nbf_fails(
    first: HighClient,
) -> None:
    """No beginning: refused (§5.3.1)."""
    assert is_refused(first, of(first, nbf=None))


def test_fapi2_security_profile_final_ensure_expired_request_object_fails(
    first: HighClient,
) -> None:
    """Ended five minutes ago: refused (RFC 7519 §4.1.4)."""
    past = first.provider.now() - 5 * MINUTE
    assert is_refused(first, of(first, nbf=past - MINUTE, exp=past))


def test_fapi2_security_profile_final_ensure_request_object_with_bad_aud_fails(
    first: HighClient,
) -> None:
    """For somebody else: refused (§5.3.1)."""
    assert is_refused(first, of(first, aud="https://other.example"))
    assert is_refused(first, of(first, aud=None))


def test_fapi2_security_profile_final_ensure_request_object_with_exp_over_60_fails(
    first: HighClient,
) -> None:
    """An end 70 minutes ahead: refused, as it is over 60 after `nbf` (§5.3.1)."""
    assert is_refused(first, of(first, exp=first.provider.now() + 70 * MINUTE))


def test_fapi2_security_profile_final_ensure_request_object_with_nbf_over_60_fails(
    first: HighClient,
) -> None:
    """A beginning 70 minutes ago: refused, as it is over 60 in the past (§5.3.1)."""
    assert is_refused(first, of(first, nbf=first.provider.now() - 70 * MINUTE))


def test_fapi2_security_profile_final_ensure_signed_request_object_with_rs256_fails(
    first: HighClient,
) -> None:
    """RS256, by a key that is registered: refused (Security Profile §5.4.1)."""
    wish = first.wish(first.request())
    assert is_refused(first, first.rsa.sign(wish, typ="oauth-authz-req+jwt"))


def test_fapi2_security_profile_final_ensure_request_object_signature_algorithm_is_not_none(
    first: HighClient,
) -> None:
    """Signed by nobody: refused (Security Profile §5.4.1)."""
    parts = ({"alg": "none"}, first.wish(first.request()))
    head, claims = (encoded(json.dumps(part).encode()) for part in parts)
    assert is_refused(first, f"{head}.{claims}.")


def test_fapi2_security_profile_final_ensure_request_object_with_invalid_signature_fails(
    first: HighClient,
) -> None:
    """A signature that does not fit: refused (RFC 9101 §6.2)."""
    head, claims, signature = of(first).split(".")
    assert is_refused(first, f"{head}.{claims}.{signature[::-1]}")


def test_fapi2_security_profile_final_ensure_matching_key_in_authorization_request(
    first: HighClient, second: HighClient
) -> None:
    """By the other client's key: refused (RFC 9101 §6.2)."""
    request = second.key_of_its_own.sign(first.wish(first.request()), typ="oauth-authz-req+jwt")
    assert is_refused(first, request)


def test_fapi2_security_profile_final_ensure_unsigned_request_at_par_endpoint_fails(
    first: HighClient,
) -> None:
    """Parameters without a signature: refused (§5.3.1)."""
    answer = first.send(PAR, first.request())
    assert refused(answer, "invalid_request_object", "invalid_request")


def test_fapi2_security_profile_final_par_authorization_request_containing_request_uri(
    first: HighClient,
) -> None:
    """A request_uri in the object: refused (RFC 9126 §2.1 item 2, RFC 9101 §4)."""
    uri = "urn:ietf:params:oauth:request_uri:of-somebody-else"
    assert is_refused(first, of(first, request_uri=uri))
