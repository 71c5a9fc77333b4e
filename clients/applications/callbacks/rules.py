"""Where an application is told that a session ended, and where a sign-in there begins."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from accounts.security.outgoing.rules import UrlProblem, url_problem
from clients.applications.addresses.rules import AddressProblem, address_problem


class CallbackProblem(StrEnum):
    """Why such an address is refused, beyond what it looks like."""

    OTHER_ORIGIN = "callback_other_origin"


@dataclass(frozen=True)
class Callbacks:
    """The addresses; an empty one is not used.

    The back-channel is asked by this server, the others are opened by browsers. Whether a `sid` is
    required is only repeated to who asks: it is always sent.
    """

    frontchannel_logout_uri: str = ""
    backchannel_logout_uri: str = ""
    initiate_login_uri: str = ""
    frontchannel_logout_session_required: bool = False
    backchannel_logout_session_required: bool = False


NO_CALLBACKS: Final = Callbacks()
Problem = AddressProblem | CallbackProblem | UrlProblem


def callback_problems(
    callbacks: Callbacks,
    *,
    redirect_uris: Collection[str],
    loopback: bool,
    hosts_inside: Collection[str],
) -> Iterator[tuple[str, Problem, str]]:
    """Yield every reason to refuse the addresses: the part, the problem, and the address."""
    front, begin = callbacks.frontchannel_logout_uri, callbacks.initiate_login_uri
    if front and (unfit := address_problem(front, loopback=loopback)):
        yield "frontchannel_logout_uri", unfit, front
    if begin and (unfit := _begin_problem(begin, loopback=loopback)):
        yield "initiate_login_uri", unfit, begin
    # OIDC Front-Channel Logout §2: of the same origin as an address that sign-ins return to.
    if front and _origin(front) not in {_origin(uri) for uri in redirect_uris}:
        yield "frontchannel_logout_uri", CallbackProblem.OTHER_ORIGIN, front
    back = callbacks.backchannel_logout_uri
    if back and (closed := url_problem(back, allowed=hosts_inside)):
        yield "backchannel_logout_uri", closed, back
    elif "#" in back:
        # OIDC Back-Channel Logout §2.2.
        yield "backchannel_logout_uri", AddressProblem.FRAGMENT, back


def _begin_problem(address: str, *, loopback: bool) -> AddressProblem | None:
    # OIDC Registration §2: https, on loopback too.
    is_http = address.startswith("http://")
    return address_problem(address, loopback=loopback) or (AddressProblem.HTTP if is_http else None)


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        return "", ""
    return parts.scheme, parts.netloc.lower()
