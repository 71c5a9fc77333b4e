"""Second ways to sign in that the demonstration's people have, and what to type for them.

Written as rows, without the mails and the waits that a resident's own change would bring.
"""

from secrets import token_bytes
from typing import Any

from accounts.mfa import numbered_codes
from accounts.mfa.apps import rules as apps
from accounts.mfa.code_sheets import rules as sheets
from accounts.mfa.queries import Kind, usable
from accounts.models import Account, AppSecret, Authenticator
from accounts.security import encryption, keyed_hash
from idp.demo.cast import SecondWay

_SHEET = "demonstration-sheet"


def told(account: Account, way: SecondWay | None) -> dict[str, Any]:
    """Return what demo.json tells of the account's second way, which is made if it is missing."""
    match way:
        case SecondWay.APP:
            return {"app_secret": apps.as_text(_app_secret(account))}
        case SecondWay.SHEET:
            return _sheet(account)
        case None:
            return {}


def _app_secret(account: Account) -> bytes:
    app = AppSecret.objects.filter(authenticator__in=usable(account)).first()
    if app is not None:
        return encryption.decrypt(app.secret)
    secret = token_bytes(apps.SECRET_BYTES)
    way = Authenticator.objects.create(account=account, kind=Kind.APP)
    AppSecret.objects.create(authenticator=way, secret=encryption.encrypt(secret))
    return secret


def _sheet(account: Account) -> dict[str, Any]:
    # Made from the account's id under this folder's own key, so that it can be told once more.
    seed = keyed_hash.digest(_SHEET, str(account.pk)).encode()
    name, codes = sheets.name(seed), sheets.codes(seed)
    if not usable(account).filter(kind=Kind.CODE_SHEET, label=name).exists():
        way = Authenticator.objects.create(account=account, kind=Kind.CODE_SHEET, label=name)
        numbered_codes.store(way, codes)
    return {"sheet": name, "sheet_codes": [sheets.shown(code) for code in codes]}
