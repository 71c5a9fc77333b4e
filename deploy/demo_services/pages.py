"""The pages of a service: templates filled in, and the few words that depend on data."""

from collections.abc import Callable, Iterator
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from deploy.demo_services.configuration import Service
from deploy.demo_services.events import Received
from deploy.demo_services.problems import Problem
from deploy.demo_services.visits import Claims, Ended, SignedIn, Visit
from deploy.demo_services.wsgi import Response

LONDON = ZoneInfo("Europe/London")
MOST_SHOWN = 300

LABELS = {
    "name": "Name",
    "given_name": "First name",
    "family_name": "Last name",
    "email": "Email address",
    "email_verified": "Email address confirmed",
    "sub": "Your number with us",
    "sid": "Number of this sign-in",
    "acr": "How you signed in",
    "iss": "Who told us",
}

REASONS = {
    Ended.SIGNED_OUT_ELSEWHERE: "You signed out of Borough Login or of another service, "
    "or you were away for too long. So we signed you out here too.",
    Ended.SHARING_STOPPED: "Borough Login must ask you again before it shares your details "
    "with us.",
    Ended.QUESTION_OPEN: "Borough Login has something to ask you before you go on.",
    Ended.SOMEONE_ELSE: "Someone else is now signed in to Borough Login in this browser.",
    Ended.NOT_RENEWED: "Borough Login could not tell us that you are still signed in. "
    "So we signed you out here.",
    Ended.TOLD: "Borough Login told us that you signed out or stopped sharing with us. "
    "So we signed you out here too.",
}


class Pages:
    """Writes each page in the look of one service."""

    def __init__(self, service: Service, newest: Callable[[], list[Received]]) -> None:
        folder = Path(__file__).parent / "templates"
        environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.globals["service"] = service
        environment.globals["events"] = lambda: [_event(one) for one in newest()]
        self._template = environment.get_template

    def welcome(self, visit: Visit) -> Response:
        """The first page, signed out; with the reason when that was not the visitor's doing."""
        reason = REASONS[visit.ended] if visit.ended else ""
        return self._page("welcome.html.jinja", reason=reason)

    def signed_in(self, visit: Visit, signed_in: SignedIn) -> Response:
        """Who is signed in and what was received about them."""
        sign_in = {name: signed_in.id_token.get(name, "") for name in ("sub", "sid", "acr", "iss")}
        return self._page(
            "signed_in.html.jinja",
            person=str(signed_in.userinfo.get("name") or signed_in.userinfo.get("email") or ""),
            details=list(_rows(signed_in.userinfo, leave_out=("sub",))),
            sign_in=list(_rows(sign_in)),
            at=signed_in.at,
            at_words=_in_words(signed_in.at),
            form_token=visit.form_token,
        )

    def signed_out(self, *, asked_here: bool) -> Response:
        """The page that the provider sends the browser back to after signing out."""
        return self._page("signed_out.html.jinja", asked_here=asked_here)

    def privacy(self) -> Response:
        """The privacy notice."""
        return self._page("privacy.html.jinja")

    def problem(self, problem: Problem, error: str = "", description: str = "") -> Response:
        """What went wrong and the ways on; the provider's own words only as quoted text."""
        return self._page(
            "problem.html.jinja",
            problem.explanation.status,
            problem=problem.explanation,
            error=error[:MOST_SHOWN],
            description=description[:MOST_SHOWN],
        )

    def _page(self, name: str, status: HTTPStatus = HTTPStatus.OK, **context: object) -> Response:
        body = self._template(name).render(**context).encode("utf-8", "replace")
        return Response(status, body, (("Content-Type", "text/html; charset=utf-8"),))


def _rows(claims: Claims, leave_out: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str]]:
    for name, value in claims.items():
        if name not in leave_out:
            yield name, LABELS.get(name, ""), _shown(value)


def _event(received: Received) -> tuple[str, str, str]:
    return received.kind, received.words, _in_words(received.at)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)[:MOST_SHOWN]


def _in_words(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local:%-I:%M}{local:%p}".lower() + f" on {local:%-d %B %Y}"
