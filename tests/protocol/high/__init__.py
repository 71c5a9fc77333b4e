"""The high profile: FAPI 2.0 Security Profile, rule by rule."""

from typing import Any, Final

# The columns of an application of the high profile that uses DPoP; its method and keys come beside.
HIGH: Final[dict[str, Any]] = {
    "profile": "high",
    "requires_pushed_requests": True,
    "dpop_bound_access_tokens": True,
}
