"""What a visitor can do here: look, sign in, come back from the provider, sign out."""

import hmac
import secrets
import time
from collections.abc import Mapping

from deploy.demo_services import wsgi
from deploy.demo_services.configuration import Service
from deploy.demo_services.pages import Pages
from deploy.demo_services.problems import Problem
from deploy.demo_services.relying_party import (
    AccessEndedError,
    DeclinedError,
    ProviderError,
    RelyingParty,
    UnreachableError,
)
from deploy.demo_services.visits import Departure, Ended, SignedIn, Visit, Visits
from deploy.demo_services.wsgi import Request, Response

FIRST_PAGE = "/"
_DECLINED_WITH = {
    "access_denied": Problem.NOT_SHARED,
    "unmet_authentication_requirements": Problem.NOT_STRONG,
}


class Actions:
    """The addresses of a service: each takes a request and its visit, and returns a page."""

    def __init__(
        self, service: Service, relying_party: RelyingParty, visits: Visits, pages: Pages
    ) -> None:
        self._service = service
        self._provider = relying_party
        self._visits = visits
        self._pages = pages

    def first_page(self, _request: Request, visit: Visit) -> Response:
        """Show the service; to someone signed in, what the provider says of them at this moment."""
        signed_in = visit.signed_in
        if signed_in is None:
            return self._pages.welcome(visit)
        try:
            signed_in.userinfo = self._provider.userinfo(signed_in)
        except AccessEndedError:
            return self._renew(visit, signed_in)
        except ProviderError as error:
            return self._failed(visit, error)
        signed_in.renewed = False
        return self._pages.signed_in(visit, signed_in)

    def sign_in(self, _request: Request, visit: Visit) -> Response:
        """Send the browser to the provider."""
        return self._depart(visit)

    def callback(self, request: Request, visit: Visit) -> Response:
        """Take the provider's answer: sign in, or say why not."""
        query = request.query
        departure = visit.arrive(query.get("state", ""), time.monotonic())
        if departure is None:
            return self._pages.problem(Problem.ANSWER_UNKNOWN)
        # Mix-up: an answer in this browser's name from a provider we did not ask. RFC 9207 §2.4
        if query.get("iss") != self._service.issuer:
            return self._pages.problem(Problem.ANSWER_FROM_ELSEWHERE)
        if "error" in query:
            return self._declined(visit, departure, query)
        if not query.get("code"):
            return self._pages.problem(Problem.ANSWER_INCOMPLETE)
        return self._arrive(visit, departure, query["code"])

    def sign_out(self, request: Request, visit: Visit) -> Response:
        """End the sign-in here, then send the browser to the provider to end it there."""
        sent = request.form.get("form_token", "")
        # The other service is the same site to SameSite=Lax: only this stops its forms.
        if not hmac.compare_digest(sent.encode(), visit.form_token.encode()):
            return self._pages.problem(Problem.FORM_TOO_OLD)
        signed_in, visit.signed_in = visit.signed_in, None
        visit.ended, visit.leaving = None, secrets.token_urlsafe(24)
        self._visits.place(visit)
        if signed_in is None:
            return wsgi.redirect(FIRST_PAGE)
        try:
            return wsgi.redirect(self._provider.leave(signed_in, visit.leaving))
        except ProviderError:
            return self._pages.problem(Problem.LEFT_HERE_ONLY)

    def signed_out(self, request: Request, visit: Visit) -> Response:
        """Confirm a sign-out that began here."""
        if visit.signed_in is not None:
            return wsgi.redirect(FIRST_PAGE)
        state = request.query.get("state", "")
        asked_here = bool(visit.leaving) and hmac.compare_digest(
            state.encode(), visit.leaving.encode()
        )
        return self._pages.signed_out(asked_here=asked_here)

    def privacy(self, _request: Request, _visit: Visit) -> Response:
        """Show the privacy notice, which the provider's pages link to."""
        return self._pages.privacy()

    def _depart(self, visit: Visit, hint: str = "") -> Response:
        try:
            url, departure = self._provider.depart(hint=hint)
        except ProviderError as error:
            return self._failed(visit, error)
        visit.depart(departure)
        if not visit.key:
            self._visits.place(visit)
        return wsgi.redirect(url)

    def _renew(self, visit: Visit, signed_in: SignedIn) -> Response:
        # Once only: a provider that renews and still refuses would send the browser in circles.
        if signed_in.renewed:
            return self._end(visit, Ended.NOT_RENEWED)
        return self._depart(visit, hint=signed_in.token["id_token"])

    def _arrive(self, visit: Visit, departure: Departure, code: str) -> Response:
        before = visit.signed_in
        if departure.silent and before is None:
            # Signed out in another tab meanwhile: a renewal must not undo that.
            return wsgi.redirect(FIRST_PAGE)
        try:
            signed_in = self._provider.arrive(departure, code)
        except ProviderError as error:
            return self._failed(visit, error)
        if departure.silent and before is not None and before.subject != signed_in.subject:
            return self._end(visit, Ended.SOMEONE_ELSE)
        signed_in.renewed = departure.silent
        visit.signed_in, visit.ended, visit.leaving = signed_in, None, ""
        self._visits.place(visit)
        return wsgi.redirect(FIRST_PAGE)

    def _declined(self, visit: Visit, departure: Departure, query: Mapping[str, str]) -> Response:
        error = query["error"]
        if departure.silent:
            return self._end(visit, Ended.by(error))
        problem = _DECLINED_WITH.get(error, Problem.DECLINED)
        return self._pages.problem(problem, error, query.get("error_description", ""))

    def _end(self, visit: Visit, reason: Ended) -> Response:
        visit.signed_in, visit.ended = None, reason
        self._visits.place(visit)
        return wsgi.redirect(FIRST_PAGE)

    def _failed(self, visit: Visit, error: ProviderError) -> Response:
        if isinstance(error, UnreachableError):
            return self._pages.problem(Problem.UNREACHABLE)
        # Whatever else it is, nobody may stay signed in on the strength of it.
        visit.signed_in = None
        if isinstance(error, DeclinedError):
            return self._pages.problem(Problem.DECLINED, error.error, error.description)
        return self._pages.problem(Problem.ANSWER_UNTRUSTED)
