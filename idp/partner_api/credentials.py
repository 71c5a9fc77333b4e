"""Operations on what an application proves itself by: its secrets, its keys, and a leak of them."""

from datetime import timedelta
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Status
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from accounts.limits.table import PARTNER_KEYS
from clients.api_tokens.operations import actor
from clients.applications.authenticating import operations as authenticating
from clients.applications.credentials import operations as secrets
from clients.applications.credentials import queries
from clients.applications.credentials.operations import NoSecretError, SecretRefusedError
from clients.applications.credentials.rules import LONGEST_SANDBOX, SecretProblem
from clients.applications.declared.document import Text
from clients.applications.keys.operations import KeysRefusedError
from clients.applications.keys.rules import Keys, registered_problems
from clients.applications.pages.credentials import checking
from clients.applications.pages.credentials.checking import Look
from clients.applications.pages.credentials.wording import SECRET_PROBLEMS
from clients.applications.queries import live_secrets
from clients.applications.rules import Finding
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application, ClientSecret
from clients.organisations.members.rules import Permission
from idp.partner_api.documents import Number, SecretMade, SecretShown
from idp.partner_api.door import ApiRequest, application_of, count, needs, own
from idp.partner_api.problems import Refusal, conflict, unfit, unfit_part

router = Router(tags=["Credentials"])
_WHOSE = "application__organisation"
_SECRET: JsonDict = {"days": 90, "after": 0}


class KeyShown(BaseModel):
    """A public key that counts."""

    kid: str
    kind: str
    algorithms: str


class CredentialsShown(BaseModel):
    """By what an application authenticates; secrets without their values.

    `newest`: the number of the newest secret that it ever had, 0 if it never had one.
    """

    token_endpoint_auth_method: str
    secrets: list[SecretShown]
    newest: int
    jwks_uri: str
    keys: list[KeyShown]


class SecretWanted(BaseModel):
    """A new secret: for how many days, and `newest` as it was last shown.

    A secret that was made meanwhile refuses it. So nothing is made twice by a request that is sent
    again because its answer was lost: end the secret that nobody has, and make another.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_SECRET]})

    days: Annotated[int, Field(ge=1, le=LONGEST_SANDBOX.days)]
    after: Annotated[int, Field(ge=0, le=2**63 - 1)]


class KeysGiven(BaseModel):
    """Public keys, or the address where they are: one of the two."""

    model_config = ConfigDict(extra="forbid")

    jwks: dict[str, Any] | None = None
    jwks_uri: Text = ""


class KeysSeen(BaseModel):
    """What the address of the keys answers at this moment: keys that count, and what is wrong."""

    keys: list[KeyShown]
    problems: list[str]


class SecretAgain(BaseModel):
    """The new secret of an application that had keys, shown this once."""

    client_secret: str


@router.get("", response=CredentialsShown, operation_id="list_credentials")
@needs(Permission.SEE)
def list_credentials(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, Any]:
    """List the secrets and keys that are good; never a secret itself."""
    del organisation
    return _shown(application_of(request, application))


@router.post("/secrets", response={201: SecretMade}, operation_id="make_secret")
@needs(Permission.HANDLE_CREDENTIALS)
def make_secret(
    request: ApiRequest, organisation: Path[str], application: Path[str], wanted: SecretWanted
) -> Status[dict[str, Any]]:
    """Make one more secret, shown in this answer alone; two are good at most.

    If the answer is lost, send the same again: it is refused as `secret_made_meanwhile`, and
    nothing is made. Then list the credentials, end the newest, and make another.
    """
    del organisation
    row = application_of(request, application)
    try:
        # Behind the lock of the write: the newest is the one that was just made.
        with transaction.atomic():
            secret = secrets.add(
                application=row,
                lifetime=timedelta(days=wanted.days),
                after=wanted.after,
                by=actor(request.auth),
            )
            made = row.secrets.get(pk=queries.newest(row))
    except NoSecretError as error:
        raise _no_secret() from error
    except SecretRefusedError as refused:
        words = str(SECRET_PROBLEMS[refused.problem])
        if refused.problem is SecretProblem.LIFE_UNFIT:
            raise unfit_part(part="days", problem=refused.problem, words=words) from refused
        raise conflict(reason=refused.problem, words=words) from refused
    return Status(201, {**_secret(made), "client_secret": secret})


@router.delete("/secrets/{number}", response={204: None}, operation_id="end_secret")
@needs(Permission.HANDLE_CREDENTIALS)
def end_secret(
    request: ApiRequest, organisation: Path[str], application: Path[str], number: Path[Number]
) -> Status[None]:
    """End a secret at once; one that has ended stays so."""
    del organisation
    row = application_of(request, application)
    own(request, row.secrets.all(), number, whose=_WHOSE)
    try:
        secrets.end(application=row, number=number, by=actor(request.auth))
    except NoSecretError as error:
        raise _no_secret() from error
    return Status(204, None)


@router.put("/keys", response=CredentialsShown, operation_id="give_keys")
@needs(Permission.HANDLE_CREDENTIALS)
def give_keys(
    request: ApiRequest, organisation: Path[str], application: Path[str], given: KeysGiven
) -> dict[str, Any]:
    """Let these public keys alone prove the application from now on; its secrets end.

    An address is asked at once: what does not answer with keys that count is refused.
    """
    del organisation
    row = application_of(request, application)
    if not authenticating.may_have_keys(row):
        raise conflict(reason="no_keys", words="This application cannot go over to keys.")
    keys = Keys(given.jwks, given.jwks_uri)
    _look_at(row, keys)
    try:
        changed = authenticating.give_keys(application=row, keys=keys, by=actor(request.auth))
    except KeysRefusedError as refused:
        raise unfit(Finding(*problem) for problem in refused.problems) from refused
    except ApplicationRefusedError as refused:
        raise unfit(refused.findings) from refused
    return _shown(changed)


@router.post("/keys/check", response=KeysSeen, operation_id="check_keys")
@needs(Permission.HANDLE_CREDENTIALS)
def check_keys(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, Any]:
    """Ask the address of the keys now, and tell what it answers."""
    del organisation
    row = application_of(request, application)
    if not row.jwks_uri:
        raise conflict(reason="no_jwks_uri", words="This application has no address of keys.")
    count(PARTNER_KEYS, row.client_id)
    look = checking.at(row.jwks_uri)
    return {"keys": _keys(look), "problems": [str(one) for one in look.problems]}


@router.post("/use-secret", response={201: SecretAgain}, operation_id="use_secret")
@needs(Permission.HANDLE_CREDENTIALS)
def use_secret(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> Status[dict[str, Any]]:
    """Let a sandbox application use a secret instead of its keys, shown in this answer alone."""
    del organisation
    row = application_of(request, application)
    if not authenticating.may_use_secret(row):
        raise _uses_secret()
    try:
        secret = authenticating.use_secret(application=row, by=actor(request.auth))
    except ApplicationRefusedError as refused:
        raise unfit(refused.findings) from refused
    if not secret:
        raise _uses_secret()
    return Status(201, {"client_secret": secret})


def _look_at(row: Application, keys: Keys) -> None:
    """Refuse keys that are unfit, and an address that does not answer with any."""
    findings = [
        Finding(*problem)
        for problem in registered_problems(keys, needed=True, allowed=settings.OUTGOING_ALLOW)
    ]
    if findings:
        raise unfit(findings)
    if not keys.jwks_uri:
        return
    count(PARTNER_KEYS, row.client_id)
    look = checking.at(keys.jwks_uri)
    if look.problems:
        words = "; ".join(str(problem) for problem in look.problems)
        raise unfit_part(part="jwks_uri", problem="keys_not_answered", words=words)


def _shown(row: Application) -> dict[str, Any]:
    good = list(live_secrets(row, now=timezone.now()))
    return {
        "token_endpoint_auth_method": row.token_endpoint_auth_method,
        "secrets": [_secret(one) for one in good],
        "newest": queries.newest(row),
        "jwks_uri": row.jwks_uri,
        "keys": _keys(checking.of(row.jwks)) if row.jwks else [],
    }


def _secret(row: ClientSecret) -> dict[str, Any]:
    return {"id": row.pk, "created_at": row.created_at, "expires_at": row.expires_at}


def _keys(look: Look) -> list[dict[str, str]]:
    return [vars(one) for one in look.keys]


def _no_secret() -> Refusal:
    return conflict(reason="no_secret", words="This application authenticates without a secret.")


def _uses_secret() -> Refusal:
    return conflict(
        reason="no_switch",
        words="Only a sandbox application that has keys can go over to a secret.",
    )
