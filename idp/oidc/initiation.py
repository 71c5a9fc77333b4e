"""Where our links to a service lead: to where a sign-in at it begins (OIDC Core §4), or home."""

from django.conf import settings

from clients.models import Application
from idp.oidc.authorize.redirect_uri import with_parameters


def address(application: Application) -> str:
    """Return where a link to the service leads: to its sign-in, if it has named where that begins.

    Empty for a service that has named nothing, and while it may do nothing: the council may have
    suspended it for what is at that address. All of it was registered: nothing in a request can
    make it lead elsewhere. Without `login_hint`: what residents sign in with is not the service's
    to know. Needs its `organisation` loaded.
    """
    if not application.is_usable():
        return ""
    uri, home = application.initiate_login_uri, application.home_url
    if not uri:
        return home
    wish = {"iss": settings.ISSUER, "target_link_uri": home}
    return with_parameters(uri, {name: text for name, text in wish.items() if text})


def way_back(application: Application) -> str:
    """Return where a link leads whoever has just signed out of the service, empty if nowhere.

    To its home page rather than into the next sign-in.
    """
    return application.home_url or address(application)
