"""Django's handle on the provider app."""

from django.apps import AppConfig


class IdpConfig(AppConfig):
    """Tokens, consent, keys and the protocol's endpoints."""

    name = "idp"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect receivers and checks, which import models and so cannot load earlier."""
        from idp import checks, receivers  # noqa: F401, PLC0415
