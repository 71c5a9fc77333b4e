"""What the application wants of the resident: prompts, age and strength of the sign-in, hints."""

import re
from typing import Final

from accounts.pages import languages
from idp.oidc import assurance
from idp.oidc.authorize import hint
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.refusals import sent
from idp.oidc.errors import AuthorizationError

MAX_LOGIN_HINT: Final = 254
_SECONDS: Final = re.compile(r"[0-9]{1,10}")
PROMPTS: Final = ("none", "login", "consent", "select_account", "create")


def check_prompt(asked: Asked) -> AuthorizationError | None:
    """Take the prompts we know, none only alone (OIDC Core §3.1.2.1)."""
    prompts = asked.parameters.get("prompt", "").split()
    where = {"parameter": "prompt", "section": "OIDC Core §3.1.2.1"}
    if not set(prompts) <= set(PROMPTS):
        words = f"The prompts supported are: {' '.join(PROMPTS)}."
        return sent(words, "unknown_prompt", **where)
    if "none" in prompts and len(prompts) > 1:
        return sent("The prompt none stands alone.", "none_with_others", **where)
    asked.prompts = prompts
    return None


def check_max_age(asked: Asked) -> AuthorizationError | None:
    """Take max_age as whole seconds, 0 too (OIDC Core §3.1.2.1)."""
    text = asked.parameters.get("max_age")
    if text is None:
        return None
    if not _SECONDS.fullmatch(text):
        words = "The max_age must be a whole number of seconds."
        where = {"parameter": "max_age", "section": "OIDC Core §3.1.2.1"}
        return sent(words, "bad_max_age", **where)
    asked.max_age = int(text)
    return None


def check_acr_values(asked: Asked) -> AuthorizationError | None:
    """Take the levels that we know; others are for other providers (OIDC Core §3.1.2.1)."""
    asked.acr_values = assurance.known(asked.parameters.get("acr_values", "").split(" "))
    return None


def check_defaults(asked: Asked) -> AuthorizationError | None:
    """Ask for what the application registered, where a request asks for nothing else.

    OIDC Registration §2 `default_max_age`, `default_acr_values`: `claims` overrides them too.
    """
    if asked.max_age is None:
        asked.max_age = asked.application.default_max_age
    if not asked.acr_values and "acr_values" not in asked.parameters:
        asked.acr_values = assurance.known(asked.application.default_acr_values)
    return None


def check_ui_locales(asked: Asked) -> AuthorizationError | None:
    """Take the first language that we have; none is no error (OIDC Core §3.1.2.1)."""
    asked.language = languages.first_of(asked.parameters.get("ui_locales", "").split(" "))
    return None


def check_hints(asked: Asked) -> AuthorizationError | None:
    """Take login_hint if it can be a name; id_token_hint must be ours (OIDC Core §3.1.2.1)."""
    login_hint = asked.parameters.get("login_hint", "")
    if len(login_hint) <= MAX_LOGIN_HINT and login_hint.isprintable():
        asked.login_hint = login_hint
    token = asked.parameters.get("id_token_hint")
    if token is None:
        return None
    try:
        asked.expected_account = hint.account_of(token, asked.application)
    except hint.NotOurs as error:
        words = "The id_token_hint is not an ID token of ours for this application."
        where = {"parameter": "id_token_hint", "section": "OIDC Core §3.1.2.1"}
        return sent(words, f"hint_{error.reason}", **where)
    return None
