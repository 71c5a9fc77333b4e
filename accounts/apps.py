"""Django's handle on the accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, sessions, notices and audit."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
