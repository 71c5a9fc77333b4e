"""Authlib's requests, sent by the one guarded client: no redirects, bounded in size and time."""

from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

import requests
from authlib.integrations.requests_client import OAuth2Session
from requests.adapters import BaseAdapter

from accounts.security.outgoing.client import Fetched, fetch, post


class GuardedAdapter(BaseAdapter):
    """Sends what requests has prepared; `also_allowed` are `host:port` of an operator's."""

    def __init__(self, also_allowed: Collection[str]) -> None:
        super().__init__()
        self._also_allowed = also_allowed

    def send(  # noqa: PLR0917 - the signature of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002
        timeout: object = None,
        verify: object = True,  # noqa: FBT002
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Return the answer, whatever its status.

        Raises:
            OutgoingRefusedError: there is none in time, too large a one, or it may not be asked.
        """
        del stream, timeout, verify, cert, proxies
        found = self._fetched(request)
        answer = requests.Response()
        answer.status_code, answer.raw, answer.request = found.status, BytesIO(found.body), request
        answer.headers.update(found.headers)
        answer.url = request.url or ""
        return answer

    def close(self) -> None:
        """Keep nothing open: each request has a connection of its own."""

    def _fetched(self, request: requests.PreparedRequest) -> Fetched:
        url, authorization = str(request.url), str(request.headers.get("Authorization", ""))
        if request.method == "GET":
            return fetch(url, authorization=authorization, also_allowed=self._also_allowed)
        body = request.body or b""
        return post(
            url,
            body=body.encode() if isinstance(body, str) else bytes(body),
            content_type=str(request.headers.get("Content-Type", "")),
            accept="application/json",
            authorization=authorization,
            also_allowed=self._also_allowed,
        )


def session(also_allowed: Collection[str], **how: Any) -> OAuth2Session:
    """Return Authlib's client, which reads neither proxies nor passwords from the environment."""
    made = OAuth2Session(trust_env=False, **how)
    for scheme in ("https://", "http://"):
        made.mount(scheme, GuardedAdapter(also_allowed))
    return made
