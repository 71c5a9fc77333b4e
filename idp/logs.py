"""What is logged, and what Django's own lines may say of a request: which page, never its path.

Paths of mailed links end in their secret, and a refused or failed form leaves the link good.
"""

import logging
from typing import Any


class PageNotPath(logging.Filter):
    """Rewrites lines that come with a request, before any handler sees them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, told by the page's name where it was told by the path."""
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.msg = "status %s on %s"
            record.args = (
                getattr(record, "status_code", "unknown"),
                match.view_name if match else "no page",
            )
        return True


def configuration(level: str) -> dict[str, Any]:
    """Return how everything is logged: one line each, from this level up, to the console."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "filters": {"page_not_path": {"()": "idp.logs.PageNotPath"}},
        "loggers": {
            # They write whole query strings, which carry hints and codes, at lower levels.
            "httpcore": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            "oauthlib": {"level": "WARNING"},
            # Every glyph of a posted letter, at a lower level.
            "fontTools": {"level": "WARNING"},
            "django.request": {"level": "ERROR", "filters": ["page_not_path"]},
            # Anybody may name any host, and each would write a traceback; the answer says 400.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # CSRF_FAILURE_VIEW logs why, once.
            "django.security.csrf": {"level": "ERROR", "filters": ["page_not_path"]},
        },
    }
