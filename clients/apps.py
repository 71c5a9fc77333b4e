"""Django's handle on the clients app."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Organisations and applications."""

    name = "clients"
    default_auto_field = "django.db.models.BigAutoField"
