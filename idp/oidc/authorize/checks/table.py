"""All checks, in the order in which they run."""

from collections.abc import Callable
from typing import Final

from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks import (
    answer,
    bounds,
    claims,
    client,
    interaction,
    request_object,
    resource,
    vectors,
)
from idp.oidc.errors import AuthorizationError

Check = Callable[[Asked], AuthorizationError | None]

# What every request of a browser must pass, whatever it asks.
BOUNDS: Final[tuple[Check, ...]] = (
    bounds.check_size,
    bounds.check_encoding,
    bounds.check_duplicates,
)
# What every request for a code must pass once it is known who asks (RFC 9126 §2.1: or pushes it).
OF_APPLICATION: Final[tuple[Check, ...]] = (
    request_object.check_request_object,
    client.check_redirect_uri,
    client.check_response_mode,
    client.check_state,
    client.check_pushed,
    request_object.check_registration,
    answer.check_response_type,
    answer.check_scope,
    resource.check_resource,
    answer.check_pkce,
    answer.check_dpop_jkt,
    interaction.check_prompt,
    interaction.check_max_age,
    interaction.check_acr_values,
    vectors.check_vtr,
    interaction.check_ui_locales,
    answer.check_nonce,
    interaction.check_hints,
    claims.check_claims,
    interaction.check_defaults,
)
CHECKS: Final[tuple[Check, ...]] = (client.check_client, *OF_APPLICATION)
