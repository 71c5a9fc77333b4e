"""What somebody sees of a device before they let it in."""

from datetime import datetime
from typing import Any

from django.utils.formats import time_format
from django.utils.html import conditional_escape, format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Application
from idp.models import DeviceGrant
from idp.oidc.device import user_codes


def rows(grant: DeviceGrant, code: str, *, now: datetime) -> list[dict[str, Any]]:
    """Return who asks, in which earnest, by which code and since when, for a summary list."""
    application = grant.application
    told: tuple[tuple[str, str], ...] = (
        (_("Code"), format_html("<strong>{}</strong>", user_codes.shown(code))),
        (_("Service"), application.name),
        (_("Run by"), application.organisation.name),
        (_("Kind"), _earnest(application)),
        (_("Code asked for"), _asked(grant.created_at, now=now)),
        (_("Works until"), _clock(grant.expires)),
    )
    return [
        {"key": {"text": key}, "value": {"html": conditional_escape(value)}} for key, value in told
    ]


def _earnest(application: Application) -> str:
    if application.environment == Application.Environment.LIVE:
        return _("A service for residents")
    return _("Only for trying out, not for residents")


def _asked(at: datetime, *, now: datetime) -> str:
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        ago = _("less than a minute ago")
    else:
        ago = ngettext("about {minutes} minute ago", "about {minutes} minutes ago", minutes)
    return _("{time}, {ago}").format(time=_clock(at), ago=ago.format(minutes=minutes))


def _clock(at: datetime) -> str:
    return time_format(localtime(at), "g:iA").lower()
