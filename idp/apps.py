"""Django's handles on the provider app, and on the toolkit whose models it swaps."""

from pathlib import Path

from django.apps import AppConfig
from oauth2_provider import apps as toolkit


class IdpConfig(AppConfig):
    """Tokens, consent, keys and the protocol's endpoints."""

    name = "idp"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect receivers and checks, which import models and so cannot load earlier."""
        from idp import checks, receivers  # noqa: F401, PLC0415


class ToolkitConfig(toolkit.DOTConfig):
    """The toolkit without its commands, which know neither our columns nor our operations.

    Django looks for an app's commands, templates and texts in its folder: this one is not there.
    """

    default = False
    path = str(Path(__file__).with_name("nothing_of_the_toolkit"))
