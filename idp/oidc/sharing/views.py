"""The sharing page, the logo on it, and the page before leaving without sharing."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.audit.actor import resident
from accounts.models import Session
from accounts.profile.way_back import Way
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from clients.applications.logo import queries as logos
from idp.consent import digests
from idp.consent import operations as consenting
from idp.consent import queries as consents
from idp.consent.rules import MAIN, Mailbox
from idp.hiding.queries import is_sensitive
from idp.models import AuthorizationRequest
from idp.oidc import claims, optional
from idp.oidc.authorize import response, situation, steps, stored, verifier
from idp.oidc.authorize.decorators import with_stored_request
from idp.oidc.authorize.next_step import AskConsent
from idp.oidc.authorize.redirect_uri import form_action
from idp.oidc.authorize.situation import Situation
from idp.oidc.authorize.verifier import StepName
from idp.oidc.optional import ToShare
from idp.oidc.sharing import addresses, again, leaving, page, terms
from idp.oidc.sharing.addresses import Addresses, NothingChosen, NotOfferedError
from idp.oidc.sharing.logo import picture


@public
@require_http_methods(["GET", "POST"])
@with_stored_request
def share(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponse:
    """Ask whether to share, with everything that would be shared in view."""
    session = request.signed_in
    if session is None:
        return steps.back(row)
    now = situation.of(row, session)
    if not isinstance(now.step, AskConsent):
        return steps.back(row)
    sharing = _sharing(row, session, now)
    if request.method == "POST":
        if not verifier.fits(request, row, StepName.SHARING, session, shown=sharing.shown):
            # Shown to somebody else, or about something else: it comes again as things are now.
            return steps.back(row)
        return _answered(request, sharing)
    return _page(request, sharing)


@dataclass(frozen=True)
class _Sharing:
    """What the page is about: whose session, what is asked now, and what was agreed before.

    `values` are those that it shows: what is agreed to stands for these, not for later ones.
    `shown` stands for all that it says.
    """

    row: AuthorizationRequest
    session: Session
    now: Situation
    asked: ToShare
    offered: Addresses
    former: Mailbox
    values: dict[str, Any]
    details: list[page.Detail]
    shown: str

    def shared(self, agreed: ToShare, email: int | None) -> dict[str, Any]:
        """Return the values that are shared, with the address that was chosen."""
        values = self.values | self.offered.values(email)
        return {name: value for name, value in values.items() if name in agreed.claim_names}


def _sharing(row: AuthorizationRequest, session: Session, now: Situation) -> _Sharing:
    asked = optional.to_share(row, session.account)
    offered = addresses.offered(session.account, asked.claim_names)
    former = consents.mailbox_of(now.consent) if now.consent else MAIN
    # Where there is no choice the page shows the main address, and by sharing it is shared.
    mailbox = MAIN if addresses.NAME in asked.claim_names else former
    values = claims.held(session.account, asked.claim_names, mailbox=mailbox)
    details = page.details(row, values, asked, offered=offered)
    shown = page.fingerprint(row.application, details, offered)
    return _Sharing(row, session, now, asked, offered, former, values, details, shown)


def _page(
    request: BoroughRequest, sharing: _Sharing, error: NothingChosen | None = None
) -> HttpResponse:
    row, details, offered = sharing.row, sharing.details, sharing.offered
    ticked = set(request.POST.getlist("choice")) if error else _ticked(sharing)
    # Once another tab has agreed, the page leads on to the service.
    here = Way(stored.address("sharing:share", row), form_action(row.redirect_uri))
    words = {
        "row": row,
        "account": sharing.session.account,
        "exit_this_page": is_sensitive(row.application, sharing.session.account),
        "rows": page.rows(details, back_to=here),
        "needed_later": page.is_open(details, optional=False),
        "chosen_later": page.is_open(details, optional=True),
        "choices": page.choices(details, ticked),
        "missing_choices": page.missing_choices(details, back_to=here),
        "addresses": offered.radios(sharing.former),
        "email_is_choice": any(one.scope == "email" and one.is_optional for one in details),
        "reasons": page.reasons(row.application, details),
        "kept": terms.kept(details),
        "notices": terms.notices(details),
        "again": again.why(row.application, sharing.now, sharing.asked, details),
        "logo": _logo(row),
        "verifier": verifier.make(row, StepName.SHARING, sharing.session, shown=sharing.shown),
        **(error.words() if error else {}),
    }
    return response.allow_way_back(render(request, "idp/sharing/share.html", words), row)


def _logo(row: AuthorizationRequest) -> str:
    """Return where the browser finds the logo: the one that was uploaded here goes first."""
    remote = stored.address("sharing:logo", row) if row.application.logo_uri else ""
    return logos.address(row.application) or remote


def _ticked(sharing: _Sharing) -> set[str]:
    return again.still_agreed(sharing.row.application, sharing.now, sharing.asked)


def _answered(request: BoroughRequest, sharing: _Sharing) -> HttpResponse:
    row = sharing.row
    match request.POST.get("decision"):
        case "share":
            return _share(request, sharing)
        case "refuse":
            return response.see_other(stored.address("sharing:leave", row))
        case "someone_else":
            return response.see_other(steps.sign_in(request, row, as_someone_else=True))
    return steps.back(row)


def _share(request: BoroughRequest, sharing: _Sharing) -> HttpResponse:
    row, session, asked = sharing.row, sharing.session, sharing.asked
    agreed = asked.without(asked.optional.difference(request.POST.getlist("choice")))
    email = None
    if addresses.NAME in agreed.claim_names:
        try:
            email = sharing.offered.chosen(request.POST.get(addresses.NAME, ""))
        except NotOfferedError:
            return _page(request, sharing, NothingChosen())
    # Blocked a moment ago: the next step says so.
    with suppress(consenting.BlockedError):
        consenting.grant(
            request=row,
            session=session,
            scopes=agreed.scopes,
            claims=agreed.claim_names,
            declined_scopes=set(asked.scopes).difference(agreed.scopes),
            declined_claims=asked.claim_names - agreed.claim_names,
            email=email,
            shown=asked.shown(row.application),
            digests=digests.of(session.account, row.application, sharing.shared(agreed, email)),
            by=resident(session.account),
        )
    return steps.back(row)


@public
@no_page
@require_GET
@with_stored_request
def logo(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponse:
    """Show the logo of the application that asks."""
    del request  # with_stored_request has read it
    shown = picture(row.application.logo_uri)
    if shown is None:
        return HttpResponse(status=404)
    answer = HttpResponse(shown.body, content_type=shown.kind)
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@public
@require_http_methods(["GET", "POST"])
@with_stored_request
def leave(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponse:
    """Show how to deal with the service without an account, then let go."""
    session = request.signed_in
    if session is None or not isinstance(situation.of(row, session).step, AskConsent):
        return steps.back(row)
    if request.method == "POST":
        return _left(request, row, session)
    words = {
        "row": row,
        "exit_this_page": is_sensitive(row.application, session.account),
        "sharing_url": stored.address("sharing:share", row),
        "verifier": verifier.make(row, StepName.REFUSING, session),
    }
    return response.allow_way_back(render(request, "idp/sharing/leave.html", words), row)


def _left(request: BoroughRequest, row: AuthorizationRequest, session: Session) -> HttpResponse:
    if not verifier.fits(request, row, StepName.REFUSING, session):
        return steps.back(row)
    return leaving.leave(request, row, session)
