"""Ways back into an account, behind the mailed links."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import Account, RecoveryRequest
from accounts.recovery.codes.operations import give_at_counter
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, wait_it_out
from tests.accounts.recovery.reset.forgetful import Forgetful
from tests.factories import PASSWORD, ways
from tests.pseudo.looking import look
from tests.pseudo.tour.people import ANN, bare, rich

OWN = "/account/getting-back-in"


def with_a_new_password() -> None:
    rich()
    ann = Forgetful()
    look(ann.client, "/reset-password")
    link = ann.link(ANN)
    look(ann.client, "/reset-password/sent", link, f"{link}/more-time", "/reset-password/unknown")
    ann.choose(link, "short")
    ann.choose(link)
    look(ann.client, link, "/reset-password/done")


def behind_the_link() -> None:
    rich()
    ann = Climber()
    token = ann.token(ANN)
    for page in ("ways", "password", "post", "code"):
        look(ann.client, f"/get-back-in/{page}/{token}", f"/get-back-in/{page}/unknown")
    look(ann.client, f"/get-back-in/ways/{token}/more-time")
    ann.client.post(f"/get-back-in/password/{token}", {"password": "wrong"})
    ann.client.post(f"/get-back-in/code/{token}", {"code": "CCCC-DDDD"})
    ann.client.post(f"/get-back-in/post/{token}")
    look(ann.client, f"/get-back-in/ways/{token}", "/get-back-in/sent")


def with_a_known_password() -> None:
    account, _secret = rich()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ann = Climber()
        ann.know_password(ANN)
        look(ann.client, f"/get-back-in/ways/{ann.token(ANN)}")
        stop = next(
            letter.path("/get-back-in/stop/")
            for letter in post.letters()
            if "/get-back-in/stop/" in letter.text
        )
        look(ann.client, stop, "/get-back-in/stop/unknown")
        _own(account)
        wait_it_out(clock)
        go_on = post.newest().path("/get-back-in/go-on/")
        look(ann.client, go_on, f"{go_on}/stop", "/get-back-in/go-on/unknown")
        ann.client.post(go_on, {"password": "wrong"})
        shown = ann.client.post(go_on, {"password": PASSWORD})
        look(ann.client, shown["Location"])
        ann.choose(shown, "short")
        ann.choose(shown)
        look(ann.client, "/get-back-in/done", go_on)


def _own(account: Account) -> None:
    owner = Climber()
    owner.sign_in_as(account, "password", "recovery_code")
    look(owner.client, OWN, "/account", "/account/ways-to-sign-in/app")


def with_a_recovery_code() -> None:
    account, _secret = rich()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        _own(account)
        ann = Climber()
        ann.sign_in_as(account, "password", "recovery_code")
        ann.client.post(OWN)
        look(ann.client, OWN)
        stop = post.newest().path("/get-back-in/stop/")
        look(ann.client, stop)
        wait_it_out(clock)
        account.sessions.all().delete()
        ann.sign_in_as(account, "password", "recovery_code")
        look(ann.client, OWN)
        shown = ann.client.post(f"{OWN}/choose")
        look(ann.client, shown["Location"])
        look(ann.client, shown["Location"].replace("choose?", "choose-passkey?"))


def changing_the_account_by_a_recovery_code() -> None:
    account = bare()
    ways.app(account)
    ways.recovery_codes(account)
    ann = Climber()
    ann.sign_in_as(account, "password", "recovery_code")
    look(ann.client, "/account/ways-to-sign-in/app")


def stopped() -> None:
    account, _secret = rich()
    ann = Climber()
    ann.sign_in_as(account, "password", "recovery_code")
    ann.client.post(OWN)
    stop = post.newest().path("/get-back-in/stop/")
    Climber().client.post(stop)
    look(Climber().client, stop)
    look(ann.client, OWN)
    token = ann.token(ANN)
    look(ann.client, f"/get-back-in/ways/{token}")


def with_a_code_from_the_counter() -> None:
    account, _secret = rich()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = give_at_counter(account=account, by=OPERATOR)
        ann = Climber()
        begun = ann.type_code(ANN, code)
        look(ann.client, begun["Location"])
        wait_it_out(clock, 24)
        look(ann.client, post.newest().path("/get-back-in/go-on/"))
        shown = ann.go_on(code, "code")
        look(ann.client, shown["Location"])
        ann.choose(shown)
        look(ann.client, "/get-back-in/done", OWN)
    RecoveryRequest.objects.all().delete()


def late() -> None:
    rich()
    ann = Climber()
    token = ann.token(ANN)
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        look(ann.client, f"/get-back-in/ways/{token}")


PARTS = (
    with_a_new_password,
    behind_the_link,
    with_a_known_password,
    with_a_recovery_code,
    changing_the_account_by_a_recovery_code,
    stopped,
    with_a_code_from_the_counter,
    late,
)
