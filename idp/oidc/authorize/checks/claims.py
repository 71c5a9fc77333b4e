"""The claims parameter (OIDC Core §5.5): single claims, and those that decide who signs in how."""

from typing import Final

from accounts.assurance import Level
from idp.oidc import assurance, claims_parameter, subjects
from idp.oidc import claims as catalogue
from idp.oidc.authorize import scopes
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.refusals import sent
from idp.oidc.claims_parameter import UnfitClaimsError, Wish, Wishes
from idp.oidc.errors import AuthorizationError, ErrorCode, RedirectedError

_SUBJECT: Final = "OIDC Core §3.1.2.2, §5.5.1"


def check_claims(asked: Asked) -> AuthorizationError | None:
    """Keep the claims that one of the application's own scopes covers; others are ignored.

    After the checks of `acr_values` and hints: it narrows what those found.
    """
    text = asked.parameters.get("claims")
    if text is None:
        return None
    try:
        wishes = claims_parameter.parse(text)
    except UnfitClaimsError as error:
        words = f"The claims parameter is not what OIDC Core 5.5 describes: {error.fault}."
        where = {"parameter": "claims", "section": "OIDC Core §5.5"}
        return sent(words, f"claims_{error.fault}", **where)
    asked.claims = wishes.only(catalogue.names(scopes.registered(asked.application)))
    return _take_level(asked, wishes.id_token.get("acr", Wish())) or _take_subject(asked, wishes)


def _take_level(asked: Asked, acr: Wish) -> AuthorizationError | None:
    """Let `acr` values count as `acr_values` do; essential ones come first (§5.5.1.1)."""
    known = assurance.known(acr.texts())
    if not acr.is_essential or not acr.values:
        asked.acr_values = asked.acr_values or known
        return None
    if asked.vot_asked:
        where = {"parameter": "claims", "section": "RFC 8485 §4.1"}
        return sent("Ask by vtr or for acr, not both.", "vtr_and_essential_acr", **where)
    reachable = assurance.values_for(Level(asked.application.minimum_level))
    asked.acr_values = [value for value in known if value in reachable]
    if asked.acr_values:
        return None
    return RedirectedError(
        ErrorCode.UNMET_AUTHENTICATION_REQUIREMENTS,
        "None of the values of acr that are essential can be given to this application.",
        detail="essential_acr_out_of_reach",
        parameter="claims",
        section="OIDC Core §5.5.1.1",
    )


def _take_subject(asked: Asked, wishes: Wishes) -> AuthorizationError | None:
    """Expect the account of a `sub` that is asked for: nobody else's answer would do."""
    named = [
        set(wish.texts())
        for wish in (wishes.id_token.get("sub", Wish()), wishes.userinfo.get("sub", Wish()))
        if wish.values
    ]
    if not named:
        return None
    accounts = subjects.accounts_known_as(set.intersection(*named), asked.application)
    if asked.expected_account is not None:
        accounts &= {asked.expected_account}
    where = {"parameter": "claims", "section": _SUBJECT}
    if not accounts:
        words, code = "Nobody has the sub that the claims ask for.", ErrorCode.LOGIN_REQUIRED
        return RedirectedError(code, words, detail="nobody_has_sub", **where)
    if len(accounts) > 1:
        return sent("Ask for one sub at a time.", "several_subjects", **where)
    (asked.expected_account,) = accounts
    return None
