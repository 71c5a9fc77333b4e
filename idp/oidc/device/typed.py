"""The code that somebody typed, kept in a cookie of their browser: we store only its hash.

Beside a code that was found stands the proof that this session found it. Without one nothing is
looked up, so the page that comes after the form is no second place to guess at.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import Session
from accounts.security import cookies, keyed_hash
from idp.oidc.device import user_codes

_PURPOSE = "device-code-found"


def keep(response: HttpResponse, code: str, *, found_by: Session | None = None) -> HttpResponse:
    """Keep a code in the browser, for as long as any works."""
    proof = keyed_hash.digest(_PURPOSE, _message(code, found_by)) if found_by else ""
    kept = f"{code}.{proof}"
    cookies.put(response, cookies.DEVICE_CODE, kept, max_age=settings.DEVICE_CODE_LIFETIME)
    return response


def drop(response: HttpResponse) -> HttpResponse:
    """Let the browser forget the code, which was answered."""
    cookies.drop(response, cookies.DEVICE_CODE)
    return response


def code(request: HttpRequest) -> str:
    """Return the code that the browser keeps, found or not; empty if there is none."""
    return user_codes.meant(_kept(request)[0])


def found_code(request: HttpRequest, session: Session) -> str:
    """Return the code that this session typed and that belonged to a device; empty otherwise."""
    kept, proof = _kept(request)
    is_proved = proof.isascii() and keyed_hash.matches(_PURPOSE, _message(kept, session), proof)
    return kept if is_proved else ""


def _kept(request: HttpRequest) -> tuple[str, str]:
    kept, _, proof = request.COOKIES.get(cookies.DEVICE_CODE.name, "").partition(".")
    return kept, proof


def _message(code: str, session: Session) -> str:
    return f"{session.pk}\0{code}"
