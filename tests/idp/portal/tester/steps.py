"""The steps of a try."""

from urllib.parse import parse_qsl, urlsplit

from django.conf import settings

from clients.models import Application
from idp.models import TesterRun
from tests import factories
from tests.clients.partner import Partner, text


def begin(partner: Partner, application: Application, **typed: str) -> TesterRun:
    """Send the form, and return the run that it began."""
    typed = {"scope": "openid", "state": "s-1", "nonce": "n-1", "pkce": "on", **typed}
    answer = partner.post(partner.page(application, "tester"), **typed)
    assert answer["Location"].startswith("/authorize?")
    run = TesterRun.objects.latest("created_at")
    assert dict(parse_qsl(urlsplit(answer["Location"]).query)) == run.sent["parameters"]
    return run


def path(run: TesterRun) -> str:
    return urlsplit(str(run.sent["parameters"]["redirect_uri"])).path


def code(run: TesterRun) -> str:
    sent = run.sent["parameters"]
    names = ("redirect_uri", "nonce", "code_challenge")
    asked = {name: sent[name] for name in names if name in sent}
    made_up = factories.test_resident(run.application.organisation)
    return factories.grant(run.application, account=made_up, scopes=["openid"], **asked).code


def come_back(partner: Partner, run: TesterRun, **changes: str) -> str:
    answer = {"code": code(run), "state": "s-1", "iss": settings.ISSUER, **changes}
    back = partner.client.get(path(run), answer)
    assert (back.status_code, back["Location"]) == (303, path(run))
    return text(partner.get(path(run)))
