"""Words inside components and fields that are the same on every page."""

from django.utils.translation import gettext_lazy as _

# Upstream's own defaults are English text in its macros: named here, they can be translated.
WORDS = {
    "back-link": {"text": _("Back")},
    "error-message": {"visuallyHiddenText": _("Error")},
    "error-summary": {"titleText": _("There is a problem")},
    "exit-this-page": {
        "activatedText": _("Loading."),
        "timedOutText": _("Exit this page expired."),
        "pressTwoMoreTimesText": _("Shift, press 2 more times to exit."),
        "pressOneMoreTimeText": _("Shift, press 1 more time to exit."),
    },
    "notification-banner": {"titleText": _("Important")},
    "password-input": {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    },
    "warning-text": {"iconFallbackText": _("Warning")},
}

# For the checks that Django words for developers, by the code of the error.
PLAIN_ERRORS = {
    "max_length": _("This must be %(limit_value)d characters or fewer."),
    "min_length": _("This must be %(limit_value)d characters or more."),
    "null_characters_not_allowed": _("Remove any hidden characters, then type this again."),
}
EMAIL_FORMAT = _("Enter an email address in the correct format, like name@example.com")
EMAIL_LETTERS = _("Use only the letters a to z, numbers and signs before the @, without accents")
CODE_FORMAT = _("Enter the {digits} numbers of the code")
