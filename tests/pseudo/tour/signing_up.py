"""Making an account, from the address to the last page."""

from datetime import timedelta

import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.models import StartCode
from accounts.start_codes.rules import TRIES
from tests.accounts import post
from tests.accounts.signup.browser import Browser
from tests.accounts.start_codes.sheets import PAPERS, TYPED_BIRTHDAY, printed, type_code
from tests.accounts.visitor import Visitor
from tests.pseudo.looking import look
from tests.pseudo.tour.people import ANN, bare


def by_code() -> None:
    ann = Browser()
    look(ann.client, f"/sign-up?flow={ann.flow()}")
    ann.begin(ANN)
    look(ann.client, ann.waiting)
    ann.type_code("000000")
    ann.send_again()
    ann.type_code(post.newest().code)
    look(ann.client, ann.page("details"), ann.page("passkey"), ann.waiting)
    ann.finish(password="short")
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        look(ann.client, ann.page("details"))


def by_link() -> None:
    ann = Browser()
    ann.begin(ANN)
    link = post.newest().path("/sign-up/")
    look(ann.client, link)
    look(Visitor().client, link)
    ann.client.post(link, {"decision": "confirm"})
    look(ann.client, link, "/sign-up/confirm/unknown")


def by_start_code() -> None:
    ann, sheet = Browser(), printed(PAPERS)
    look(ann.client, "/start")
    type_code(ann, "CDFG-HJKM-NPQR")
    flow = type_code(ann, sheet.code)["Location"].partition("flow=")[2]
    look(ann.client, f"/sign-up?flow={flow}")
    ann.begin(ANN, flow)
    ann.type_code(post.newest().code)
    look(ann.client, ann.page("details"), ann.page("passkey"))
    ann.finish(**{**TYPED_BIRTHDAY, "date_of_birth-day": "30"})
    StartCode.objects.update(tries=TRIES)
    ann.finish(full_name="", **TYPED_BIRTHDAY)
    ann.finish()
    look(ann.client, "/start")


def refused() -> None:
    ann, ben = Browser(), Visitor()
    ann.begin(ANN)
    link = post.newest().path("/sign-up/")
    ben.client.post(link, {"decision": "refuse"})
    look(ann.client, ann.waiting)
    look(ben.client, link)


def with_a_known_address() -> None:
    bare()
    Browser().begin(ANN)
    post.newest()


def with_an_address_that_others_took_meanwhile() -> None:
    ann = Browser()
    ann.begin(ANN)
    ann.type_code(post.newest().code)
    for number in range(settings.ACCOUNTS_PER_ADDRESS):
        bare(sign_in_name=f"resident-{number}")
    ann.finish(sign_in_name="resident-ann")


PARTS = (
    by_start_code,
    by_code,
    by_link,
    refused,
    with_a_known_address,
    with_an_address_that_others_took_meanwhile,
)
