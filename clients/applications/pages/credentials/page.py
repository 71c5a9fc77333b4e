"""What the page of an application's credentials shows."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages.alike import told_apart
from accounts.pages.moments import moment
from clients.applications.columns import kind_of
from clients.applications.credentials import queries
from clients.applications.credentials.operations import METHODS
from clients.applications.credentials.rules import MOST_LIVE
from clients.applications.keys.rules import KEYED_METHODS
from clients.applications.pages.credentials import checking
from clients.applications.pages.wording import METHODS as METHOD_WORDS
from clients.applications.queries import live_secrets
from clients.models import Application, ClientSecret


def details(application: Application, *, may_act: bool) -> dict[str, object]:
    """Return the secrets that are good, with who made each, or the keys."""
    method = application.token_endpoint_auth_method
    secrets = list(live_secrets(application, now=timezone.now()))
    makers = queries.makers(application, secrets)
    named = told_apart([_named(row) for row in secrets])
    has_key = method in KEYED_METHODS
    return {
        "application": application,
        "method": METHOD_WORDS[method],
        "has_secret": method in METHODS,
        "has_key": has_key,
        "secrets": [
            {"row": row, "by": makers.get(row.pk, ""), "named": name}
            for row, name in zip(secrets, named, strict=True)
        ],
        "may_act": may_act,
        "may_make": may_act and len(secrets) < MOST_LIVE,
        "may_switch": may_act
        and kind_of(application).keeps_secret
        and application.profile == Application.Profile.STANDARD
        and application.environment == Application.Environment.SANDBOX,
        "look": checking.of(application.jwks) if has_key and application.jwks else None,
    }


def _named(secret: ClientSecret) -> str:
    return _("the secret of {moment}").format(moment=moment(secret.created_at))
