"""One service as a WSGI application: routing, the visit's cookie, and headers on every answer."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from deploy.demo_services import wsgi
from deploy.demo_services.actions import Actions
from deploy.demo_services.assets import Assets
from deploy.demo_services.configuration import Service
from deploy.demo_services.events import Events
from deploy.demo_services.pages import Pages
from deploy.demo_services.problems import Problem
from deploy.demo_services.relying_party import RelyingParty
from deploy.demo_services.visits import Visit, Visits
from deploy.demo_services.wsgi import Request, Response

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

Action = Callable[[Request, Visit], Response]
EVENTS = "/events"


class Site:
    """Answers every request to one service."""

    def __init__(self, service: Service, relying_party: RelyingParty) -> None:
        self._service = service
        self._visits = Visits()
        self._events = Events(service, relying_party, self._visits)
        self._pages = Pages(service, self._events.newest)
        self._assets = Assets()
        # Its own for each service: they share a host name, and cookies take no notice of ports.
        self._cookie = f"{service.key}-visit"
        self._headers = _every_answer(service)
        actions = Actions(service, relying_party, self._visits, self._pages)
        self._routes: Mapping[str, tuple[str, Action]] = {
            "/": ("GET", actions.first_page),
            "/sign-in": ("GET", actions.sign_in),
            "/callback": ("GET", actions.callback),
            "/sign-out": ("POST", actions.sign_out),
            "/signed-out": ("GET", actions.signed_out),
            "/privacy": ("GET", actions.privacy),
        }

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request, as PEP 3333 has it."""
        response = self._answer(environ)
        status = f"{response.status.value} {response.status.phrase}"
        length = ("Content-Length", str(len(response.body)))
        start_response(status, [*self._headers, *response.headers, length])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]

    def _answer(self, environ: dict[str, Any]) -> Response:
        try:
            request = wsgi.read(environ)
        except wsgi.BadRequestError:
            return self._pages.problem(Problem.NOT_UNDERSTOOD)
        if request.host != self._service.host:
            # Under another name for this host the browser would hold other cookies.
            return wsgi.redirect(f"{self._service.url}/")
        return self._assets.find(request.path) or self._act(request)

    def _act(self, request: Request) -> Response:
        # From the provider itself, not from anybody's browser: no visit, no cookie.
        if (request.method, request.path) == ("POST", EVENTS):
            return self._events.receive(request)
        if request.path not in self._routes:
            return self._pages.problem(Problem.NOT_FOUND)
        method, action = self._routes[request.path]
        if request.method != method and (request.method, method) != ("HEAD", "GET"):
            return self._pages.problem(Problem.WRONG_METHOD)
        sent = request.cookies.get(self._cookie, "")
        visit = self._visits.find(sent) or Visit()
        return self._remembering(visit, sent, action(request, visit))

    def _remembering(self, visit: Visit, sent: str, response: Response) -> Response:
        value = self._visits.cookie(visit) if visit.key else ""
        if value in ("", sent):
            return response
        headers = (*response.headers, wsgi.cookie(self._cookie, value))
        return Response(response.status, response.body, headers)


def _every_answer(service: Service) -> tuple[tuple[str, str], ...]:
    # Browsers apply form-action to redirects after a form too, and signing in and out lead to the
    # provider.
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        f"form-action 'self' {service.provider_origin}; base-uri 'none'; frame-ancestors 'none'"
    )
    return (
        ("Content-Security-Policy", policy),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
    )
