"""What Django's own log lines may say of a request: which page, never its path.

Paths of mailed links end in their secret, and a refused or failed form leaves the link good.
"""

import logging


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
