"""Reads tokens."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Account
from accounts.security import keyed_hash
from clients.api_tokens.rules import PREFIX, may_have
from clients.models import ApiToken, Member, Organisation

PURPOSE = "api_token"


def presented(text: str) -> ApiToken | None:
    """Return the token that a program presents, with organisation and maker, good or not."""
    if not text.startswith(PREFIX):
        return None
    hashes = keyed_hash.candidates(PURPOSE, text)
    return _with_makers(ApiToken.objects.filter(token_hash__in=hashes)).first()


def maker_may(token: ApiToken) -> bool:
    """Say whether the maker of a token that `presented` returned may still have one."""
    role = vars(token)["maker_role"] or ""
    maker = token.made_by
    is_usable = maker is not None and maker.status == Account.Status.ACTIVE
    return may_have(role, is_usable=is_usable)


def role_of(account: Account, organisation: Organisation) -> str:
    """Return the role that the account has there at this moment; empty: none."""
    rows = Member.objects.filter(account=account, organisation=organisation)
    return rows.values_list("role", flat=True).first() or ""


def in_use(organisation: Organisation, *, now: datetime) -> QuerySet[ApiToken]:
    """Return the organisation's tokens that are good, newest first, with their makers."""
    rows = organisation.api_tokens.filter(revoked_at=None, expires_at__gt=now)
    return rows.select_related("made_by").order_by("-pk")


def made_by(account: Account, *, now: datetime) -> QuerySet[ApiToken]:
    """Return the tokens that are good and were made by this account, for any organisation."""
    rows = ApiToken.objects.filter(made_by=account, revoked_at=None, expires_at__gt=now)
    return rows.select_related("organisation").order_by("pk")


def _with_makers(rows: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
    of_maker = Member.objects.filter(
        organisation=OuterRef("organisation"), account=OuterRef("made_by")
    )
    role = Subquery(of_maker.values("role")[:1])
    return rows.select_related("organisation", "made_by").annotate(maker_role=role)
