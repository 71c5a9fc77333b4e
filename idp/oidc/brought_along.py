"""The claim of what an application called a resident before they signed in here.

It comes from the application itself and goes back to no other: like `sub` it needs no agreement,
and comes with `openid`. Collision-resistant it need not be (OIDC Core §5.1.2): none of ours or of
the registry has its name.
"""

from typing import Any, Final

from idp.old_user_ids import queries

NAME: Final = "old_user_ids"


def claim(sealed: str | None) -> dict[str, Any]:
    """Return the claim, if the resident brought anything along."""
    ids = queries.all_opened(sealed)
    return {NAME: ids} if ids else {}
