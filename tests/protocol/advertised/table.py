"""Member of the metadata -> what tries one of its values.

A member that is not here fails, and so does a value that does not do what its member says.
"""

from collections.abc import Callable
from typing import Any, Final

from tests.protocol.advertised import behaviour, endpoints, signatures
from tests.protocol.advertised.scene import Scene

Exercise = Callable[[Scene, Any], bool]
EXERCISES: Final[dict[str, Exercise]] = {
    "issuer": endpoints.issuer,
    "authorization_endpoint": endpoints.authorization_endpoint,
    "token_endpoint": endpoints.token_endpoint,
    "userinfo_endpoint": endpoints.userinfo_endpoint,
    "jwks_uri": endpoints.jwks_uri,
    "registration_endpoint": endpoints.registration_endpoint,
    "revocation_endpoint": endpoints.revocation_endpoint,
    "introspection_endpoint": endpoints.introspection_endpoint,
    "pushed_authorization_request_endpoint": endpoints.pushed_authorization_request_endpoint,
    "require_pushed_authorization_requests": endpoints.pushing_is_not_required,
    "device_authorization_endpoint": endpoints.device_authorization_endpoint,
    "end_session_endpoint": endpoints.end_session_endpoint,
    "backchannel_logout_supported": behaviour.backchannel,
    "backchannel_logout_session_supported": behaviour.backchannel,
    "frontchannel_logout_supported": behaviour.frontchannel,
    "frontchannel_logout_session_supported": behaviour.frontchannel,
    "scopes_supported": behaviour.scope,
    "response_types_supported": behaviour.response_type,
    "response_modes_supported": behaviour.response_mode,
    "grant_types_supported": behaviour.grant_type,
    "acr_values_supported": behaviour.acr_value,
    "subject_types_supported": behaviour.subject_type,
    "id_token_signing_alg_values_supported": signatures.id_token_algorithm,
    "userinfo_signing_alg_values_supported": signatures.userinfo_algorithm,
    "token_endpoint_auth_methods_supported": signatures.method,
    "token_endpoint_auth_signing_alg_values_supported": signatures.assertion_algorithm,
    "revocation_endpoint_auth_methods_supported": signatures.revocation_method,
    "revocation_endpoint_auth_signing_alg_values_supported": signatures.revocation_assertion,
    "introspection_endpoint_auth_methods_supported": signatures.introspection_method,
    "introspection_endpoint_auth_signing_alg_values_supported": signatures.introspection_assertion,
    "code_challenge_methods_supported": behaviour.code_challenge_method,
    "prompt_values_supported": behaviour.prompt,
    "ui_locales_supported": behaviour.language,
    "claim_types_supported": behaviour.claim_type,
    "claims_supported": behaviour.claim,
    "claims_parameter_supported": behaviour.claims_parameter,
    "request_parameter_supported": signatures.request_parameter,
    "request_uri_parameter_supported": signatures.request_uri_parameter,
    "require_request_uri_registration": signatures.request_uri_registration,
    "require_signed_request_object": endpoints.signing_is_not_required,
    "request_object_signing_alg_values_supported": signatures.request_object_algorithm,
    "authorization_response_iss_parameter_supported": behaviour.response_issuer,
    "authorization_signing_alg_values_supported": behaviour.response_algorithm,
    "introspection_signing_alg_values_supported": signatures.introspection_algorithm,
    "dpop_signing_alg_values_supported": signatures.proof_algorithm,
}
