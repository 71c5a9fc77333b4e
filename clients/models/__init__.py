"""Tables of partner organisations and their applications."""

from clients.models.application import Application, ApplicationScope
from clients.models.client_secret import ClientSecret
from clients.models.organisation import Organisation

__all__ = ["Application", "ApplicationScope", "ClientSecret", "Organisation"]
