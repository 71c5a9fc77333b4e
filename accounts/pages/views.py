"""The pages about the service itself, open to everybody."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.council import queries
from accounts.pages import brand
from accounts.security.access import machine, public
from accounts.security.cookies import COOKIES

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@public
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Show every way to reach a person, and what to say."""
    return render(request, "accounts/pages/contact.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the statement that SI 2018/952 asks of a public body, in its model's order."""
    problems = [words.strip() for words in settings.ACCESSIBILITY_PROBLEMS.split(";")]
    context = {
        "problems": [words for words in problems if words],
        "tested": settings.ACCESSIBILITY_TESTED,
        "prepared": settings.ACCESSIBILITY_PREPARED,
        "reviewed": settings.ACCESSIBILITY_REVIEWED,
    }
    return render(request, "accounts/pages/accessibility.html", context)


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice, with the lifetimes that are in force."""
    context = {
        "sign_up_hours": settings.SIGN_UP_LIFETIME // HOUR,
        "session_hours": settings.SESSION_ABSOLUTE // HOUR,
        "page_code_minutes": settings.PAGE_HELP_CODE_LIFETIME // MINUTE,
        "mail_code_days": settings.MAIL_HELP_CODE_LIFETIME.days,
        "sharing_months": settings.CONSENT_LIFETIME.days * 12 // 365,
    }
    return render(request, "accounts/pages/privacy.html", context)


@public
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Show every cookie that this service sets, from the list that sets them."""
    return render(request, "accounts/pages/cookies.html", {"cookies": COOKIES})


@machine
@require_safe
@cache_control(public=True, max_age=60)
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a browser what to call this site when it is kept on a home screen."""
    del request
    council = queries.council()
    body = {
        "name": f"{council.service}, {council.name}",
        "short_name": council.service,
        "start_url": "/",
        "display": "browser",
        "theme_color": council.colour,
        "background_color": "#ffffff",
        "icons": [
            {"src": static("accounts/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("accounts/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@machine
@require_safe
def brand_stylesheet(request: HttpRequest) -> HttpResponse:
    """Serve the council's style sheet; its address carries a hash of it."""
    asked = request.GET.get("v", "")
    sheet = brand.stylesheet(queries.details())
    if (sheet.version if sheet else "") != asked:
        # Another process may have heard of new colours before this one: kept for good under their
        # address, the old ones would stay.
        queries.look_again()
        sheet = brand.stylesheet(queries.details())
    if sheet is None:
        raise Http404
    answer = HttpResponse(sheet.css, content_type="text/css; charset=utf-8")
    if sheet.version == asked:
        patch_cache_control(answer, public=True, max_age=31_536_000, immutable=True)
    else:
        patch_cache_control(answer, no_cache=True)
    return answer
