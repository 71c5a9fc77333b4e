"""A button and nothing to fill in."""

from accounts.pages.forms import GovukForm


class SureForm(GovukForm):
    """Shows why it could not be done."""
