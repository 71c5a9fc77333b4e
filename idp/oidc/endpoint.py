"""The frame of every machine endpoint: methods, cross-origin answers, errors as JSON."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Final, cast

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from accounts.security.access import machine
from clients.models import Application
from idp.oidc import cors, errors, fapi, parameters
from idp.oidc.dpop.presented import supply_nonce
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.standing import Fallen
from idp.trail import noting


class MachineRequest(HttpRequest):
    """A request at a machine endpoint.

    `application` is set by the view once it is known, `grant_type` where it got tokens,
    `protected_by` where it took a code: by what that was bound to its request. `named` is whom a
    request is from that proved no more than that it once had the right to come. `reach`: which
    pages read the answer.
    """

    reach: cors.Reach
    application: Application | None
    named: Application | None
    protected_by: str
    grant_type: str


_LONGEST: Final = 64 * 1024
View = Callable[[MachineRequest], HttpResponse]


def endpoint(
    name: str, *methods: str, reach: cors.Reach
) -> Callable[[View], Callable[[HttpRequest], HttpResponse]]:
    """Serve the view to these methods, to pages within `reach`, with errors by RFC 6749 §5.2."""
    allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])

    def frame(view: View) -> Callable[[HttpRequest], HttpResponse]:
        @machine
        @csrf_exempt
        @wraps(view)
        def framed(request: HttpRequest) -> HttpResponse:
            if request.method == "OPTIONS":
                return cors.preflight(request, reach=reach, methods=allowed)
            asked = cast("MachineRequest", request)
            asked.reach = reach
            asked.application = asked.named = None
            asked.protected_by = asked.grant_type = ""
            response = _answer(view, asked, name=name, allowed=allowed)
            supply_nonce(request, response)
            cors.let_read(response, request, reach=reach, named=_whose(asked))
            return response

        return framed

    return frame


def _whose(request: MachineRequest) -> Application | None:
    return request.application or request.named


def _answer(view: View, request: MachineRequest, *, name: str, allowed: str) -> HttpResponse:
    try:
        if request.method not in allowed.split(", "):
            raise _wrong_method(allowed)
        response = view(request)
    except ProtocolError as error:
        _finish_reading(request)
        known, named = request.application, request.named
        if named is not None:
            error.claimed_client_id = named.client_id
        client_id = known.client_id if known else error.claimed_client_id
        errors.log(error, endpoint=name, client_id=client_id)
        error.section = fapi.section_broken(error.detail, known or named) or error.section
        note_refusal(request, error, endpoint=name, application=known)
        return errors.json_answer(error)
    status, application = response.status_code, request.application
    noting.by_program(
        request,
        endpoint=name,
        status=status,
        application=application,
        grant_type=request.grant_type,
        protected_by=request.protected_by,
    )
    return response


def _finish_reading(request: HttpRequest) -> None:
    """Read the body of a request that was refused before anybody looked at it.

    The server would close the connection over it, while its caller may be sending the next request
    there. What is too large for any endpoint is left, and costs whoever sent it the connection.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and len(length) <= len(str(_LONGEST)) and int(length) <= _LONGEST:
        with suppress(UnreadablePostError, RawPostDataException):
            request.body  # noqa: B018 - reading it is the point


def note_refusal(
    request: HttpRequest, error: ProtocolError, *, endpoint: str, application: Application | None
) -> None:
    """Leave a record of the refusal for the application that the request names.

    To be asked for a nonce is how every proof begins (RFC 9449 §8): nothing is wrong yet.
    """
    is_asked = error.code == ErrorCode.USE_DPOP_NONCE
    noting.by_program(
        request,
        endpoint=endpoint,
        status=error.status,
        application=application,
        named=error.claimed_client_id,
        outcome=noting.BEGUN if is_asked else error.code,
        # Why a resident's agreement or sign-in ended is between them and us.
        reason="ended" if isinstance(error.detail, Fallen) else error.detail,
        parameter=error.parameter,
        sent=error.sent or _sent(request, error.parameter),
        section=error.section,
        help_code=error.reference,
    )


def _sent(request: HttpRequest, parameter: str) -> str:
    """Return what a form gave for the parameter, nothing where it cannot be read."""
    if not parameter or request.method != "POST":
        return ""
    with suppress(ProtocolError, RawPostDataException):
        return parameters.form(request).get(parameter, "")
    return ""


def _wrong_method(allowed: str) -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_REQUEST,
        f"This endpoint takes {allowed}.",
        detail="wrong_method",
        status=405,
        headers={"Allow": allowed},
        section="RFC 9110 §15.5.6",
    )
