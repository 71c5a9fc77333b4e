"""What metadata may hold, and of which type (RFC 8414 §2, OIDC Discovery §3, IANA's registry)."""

from typing import Any, Final

_ADDRESSES: Final = frozenset(
    {
        *("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"),
        *("registration_endpoint", "revocation_endpoint", "introspection_endpoint"),
        *("pushed_authorization_request_endpoint", "device_authorization_endpoint"),
        *("end_session_endpoint", "check_session_iframe", "backchannel_authentication_endpoint"),
        *("service_documentation", "op_policy_uri", "op_tos_uri"),
    }
)
_SWITCHES: Final = frozenset(
    {
        *("claims_parameter_supported", "request_parameter_supported"),
        *("request_uri_parameter_supported", "require_request_uri_registration"),
        *("require_signed_request_object", "require_pushed_authorization_requests"),
        *("tls_client_certificate_bound_access_tokens",),
        *("authorization_response_iss_parameter_supported",),
        *("frontchannel_logout_supported", "frontchannel_logout_session_supported"),
        *("backchannel_logout_supported", "backchannel_logout_session_supported"),
    }
)
_LISTS: Final = frozenset(
    {
        *("scopes_supported", "response_types_supported", "response_modes_supported"),
        *("grant_types_supported", "acr_values_supported", "subject_types_supported"),
        *("id_token_signing_alg_values_supported", "userinfo_signing_alg_values_supported"),
        *("request_object_signing_alg_values_supported", "dpop_signing_alg_values_supported"),
        *("authorization_signing_alg_values_supported",),
        *("introspection_signing_alg_values_supported",),
        *("token_endpoint_auth_methods_supported",),
        *("token_endpoint_auth_signing_alg_values_supported",),
        *("revocation_endpoint_auth_methods_supported",),
        *("revocation_endpoint_auth_signing_alg_values_supported",),
        *("introspection_endpoint_auth_methods_supported",),
        *("introspection_endpoint_auth_signing_alg_values_supported",),
        *("code_challenge_methods_supported", "prompt_values_supported"),
        *("display_values_supported", "claim_types_supported", "claims_supported"),
        *("claims_locales_supported", "ui_locales_supported"),
    }
)


def check_types(metadata: dict[str, Any]) -> None:
    """Fail where a name is in no specification, or its value is of another type than there."""
    assert metadata.keys() <= _ADDRESSES | _SWITCHES | _LISTS
    for name, value in metadata.items():
        if name in _ADDRESSES:
            assert isinstance(value, str), name
        elif name in _SWITCHES:
            assert isinstance(value, bool), name
        else:
            assert isinstance(value, list), name
            assert all(isinstance(one, str) for one in value), name
            assert value, name


def check_addresses(metadata: dict[str, Any]) -> None:
    """Fail where an endpoint is not https."""
    endpoints = {name: value for name, value in metadata.items() if name.endswith("_endpoint")}
    assert {"authorization_endpoint", "token_endpoint", "userinfo_endpoint"} <= endpoints.keys()
    for name, address in (endpoints | {"jwks_uri": metadata["jwks_uri"]}).items():
        assert address.startswith("https://"), name
