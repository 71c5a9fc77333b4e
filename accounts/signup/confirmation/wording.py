"""Sentences for what a sign-up's confirmation found."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.signup.confirmation.rules import CodeOutcome, browser_kind

WRONG_CODE: dict[CodeOutcome, Promise] = {
    CodeOutcome.WRONG: gettext_lazy("This is not the code in our newest email. Check it again"),
    CodeOutcome.TOO_MANY_TRIES: gettext_lazy(
        "There were too many wrong codes. Choose “Send a new code”"
    ),
}


def browser_words(user_agent: str) -> str:
    """Return the kind of browser in words, made of ours alone."""
    browser, system = browser_kind(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a browser we do not know")
