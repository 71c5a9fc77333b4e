"""An authorization request while it is checked."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from clients.models import Application


@dataclass
class Asked:
    """What an application asked: each check fills in what it vouches for.

    `proven_jkt` is the key of the proof that came with a pushed request (RFC 9449 §10.1).
    """

    raw: bytes = b""
    network: str = ""
    is_pushed: bool = False
    parameters: dict[str, str] = field(default_factory=dict)
    application: Application = field(init=False)
    redirect_uri: str = field(init=False)
    response_mode: str = "query"
    state: str = ""
    scopes: list[str] = field(default_factory=list)
    resource: str = ""
    code_challenge: str = ""
    proven_jkt: str = ""
    dpop_jkt: str = ""
    prompts: list[str] = field(default_factory=list)
    max_age: int | None = None
    acr_values: list[str] = field(default_factory=list)
    vot_asked: bool = False
    nonce: str = ""
    login_hint: str = ""
    language: str = ""
    expected_account: UUID | None = None
    claims: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
