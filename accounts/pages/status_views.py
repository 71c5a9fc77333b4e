"""The page that says whether the service works, for everybody, without anything of theirs on it."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from accounts.council.service_notices import queries
from accounts.pages.context import council
from accounts.security.access import public

_KEPT_SECONDS = 20


@public
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show what is wrong now, what is announced, and what was wrong in the last month."""
    del request
    now = timezone.now()
    ahead = list(queries.not_over(now))
    words = {
        **council(None),
        "now": [row for row in ahead if row.starts_at <= now],
        "announced": [row for row in ahead if row.starts_at > now],
        "recent": queries.recent(now),
    }
    # Made without the request, so that it is the same for everybody: a proxy may keep it.
    answer = HttpResponse(render_to_string("accounts/pages/status.html", words))
    patch_cache_control(answer, public=True, max_age=_KEPT_SECONDS)
    return answer
