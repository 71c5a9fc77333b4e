"""Finding passkeys and security keys."""

from django.db.models import QuerySet

from accounts.models import Account, Authenticator, Passkey

Kind = Authenticator.Kind


def owner_of(credential_id: str) -> Account | None:
    """Return whose key has this id, whatever has become of it."""
    row = Passkey.objects.select_related("authenticator__account").filter(
        credential_id=credential_id
    )
    found = row.first()
    return found.authenticator.account if found else None


def of_account(account: Account) -> QuerySet[Passkey]:
    """Return every passkey and security key of the account."""
    return Passkey.objects.filter(authenticator__account=account).order_by("pk")


def usable(account: Account, kind: Authenticator.Kind) -> QuerySet[Passkey]:
    """Return those of this kind that open something."""
    return of_account(account).filter(authenticator__kind=kind, authenticator__suspect_since=None)
