"""What commands find and show of an application."""

from typing import Final

from django.utils import timezone

from accounts.assurance import Level
from accounts.management.operator_command import Refused, Row
from clients.applications import queries
from clients.applications.addresses.rules import reads_as
from clients.management.application_arguments import LEVELS
from clients.management.reviewed import waiting_lines
from clients.models import Application

_OF_A_SCOPE: Final = (
    *("scope", "lawful_basis", "purpose"),
    *("retention", "privacy_notice", "notice_version", "version"),
)


def found(reference: str) -> Application:
    """Return the application of this short name or client_id.

    Raises:
        Refused: there is none.
    """
    application = queries.find(reference)
    if application is None:
        message = f"There is no application {reference!r}: see application list"
        raise Refused(message)
    return application


def row(application: Application) -> Row:
    """Return a line of the list."""
    return {
        "application": application.slug,
        "name": application.name,
        "organisation": application.organisation.slug,
        "environment": application.environment,
        "status": application.status,
        "client_id": application.client_id,
    }


def detail(application: Application) -> dict[str, object]:
    """Return all there is, but no secret: those are not readable any more."""
    return {
        **row(application),
        "client_type": application.client_type,
        "profile": application.profile,
        "application_type": application.application_type,
        "token_endpoint_auth_method": application.token_endpoint_auth_method,
        "jwks": application.jwks,
        "jwks_uri": application.jwks_uri,
        "grant_types": application.grant_types,
        "algorithm": application.algorithm,
        "userinfo_algorithm": application.userinfo_algorithm,
        "assertion_algorithm": application.assertion_algorithm,
        "request_object_algorithm": application.request_object_algorithm,
        "default_max_age": application.default_max_age,
        "default_acr_values": application.default_acr_values,
        "pkce": application.pkce,
        "pushed_requests": application.requires_pushed_requests,
        "signed_requests": application.requires_signed_requests,
        "dpop": application.dpop_bound_access_tokens,
        "certificate_bound": application.certificate_bound_access_tokens,
        "certificate_subject_kind": application.certificate_subject_kind,
        "certificate_subject": application.certificate_subject,
        "request_uris": application.request_uris,
        "sector_identifier": application.sector_identifier,
        "redirect_uris": application.redirect_uris.split(),
        "post_logout_redirect_uris": application.post_logout_redirect_uris.split(),
        "backchannel_logout_uri": application.backchannel_logout_uri,
        "frontchannel_logout_uri": application.frontchannel_logout_uri,
        "initiate_login_uri": application.initiate_login_uri,
        "level": LEVELS[Level(application.minimum_level)],
        "sensitive": application.is_sensitive,
        "event_stream": application.receives_events,
        "skips_sharing": application.skips_sharing,
        "home_url": application.home_url,
        "privacy_url": application.privacy_url,
        "terms_url": application.terms_url,
        "other_way": application.other_way,
        "scopes": list(application.scopes.order_by("pk").values(*_OF_A_SCOPE)),
        "calls": list(application.calls.order_by("slug").values_list("slug", flat=True)),
        "serves": application.serves.slug if application.serves else "",
        "client_secrets": list(
            queries.live_secrets(application, now=timezone.now()).values("created_at", "expires_at")
        ),
        "waits_for_review": waiting_lines(application),
        "created_at": application.created,
        "registered_itself": application.initial_access_token_id is not None,
    }


def cautions(application: Application) -> tuple[str, ...]:
    """Return what an operator should look at twice: hosts that may pass for others."""
    uris = f"{application.redirect_uris} {application.post_logout_redirect_uris}".split()
    readings = ((uri, reads_as(uri)) for uri in uris)
    return tuple(
        f"Look twice: the host of {uri} reads as {reading!r} and may be taken for another."
        for uri, reading in readings
        if reading
    )
