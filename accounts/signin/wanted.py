"""What a sign-in is begun for."""

from dataclasses import dataclass

from accounts.assurance import Level
from accounts.models import PendingSignIn


@dataclass(frozen=True)
class Wanted:
    """What the pages must know of why somebody signs in.

    `form_action` is the origin of the service that the way back ends at: browsers check it against
    the page's Content-Security-Policy for each redirect after a form. `level` is what the session
    must have; `at_highest_level` asks for as much as the account can. `fresh` asks for all proofs
    anew; otherwise those of this browser's session count and only what is missing is asked for.
    `give_up_to` is the local path of whoever cannot reach the level. `is_sensitive`: to be seen
    here may put somebody in danger. `beside`: it only proves whose another account is; this
    browser's session goes on, and the way back gets the flow's id. `is_shared_device`: others use
    this browser too.
    """

    service_name: str = ""
    login_hint: str = ""
    as_someone_else: bool = False
    form_action: str = ""
    level: Level = Level.ONE_FACTOR
    at_highest_level: bool = False
    fresh: bool = True
    remembered_device_will_do: bool = True
    give_up_to: str = ""
    language: str = ""
    is_sensitive: bool = False
    beside: bool = False
    is_shared_device: bool = False


ANY = Wanted()


def wanted_by(flow: PendingSignIn) -> Wanted:
    """Return what this sign-in was begun for."""
    return Wanted(
        service_name=flow.service_name,
        login_hint=flow.login_hint,
        as_someone_else=flow.as_someone_else,
        form_action=flow.form_action,
        level=Level(flow.level),
        at_highest_level=flow.at_highest_level,
        fresh=flow.stands_on_id is None,
        remembered_device_will_do=flow.remembered_device_will_do,
        give_up_to=flow.give_up_to,
        language=flow.language,
        is_sensitive=flow.is_sensitive,
        beside=flow.beside_id is not None,
        is_shared_device=flow.is_shared_device,
    )
