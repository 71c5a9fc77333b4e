"""A partner chooses the high profile, breaks rules of FAPI 2.0, and mends them by what is said."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.accounts.security.outgoing.servers import answering, certificate_for, serving
from tests.interop.programs.conftest import public_half
from tests.journeys.conftest import NewVisitor
from tests.journeys.partner import begin, download, top_entry
from tests.journeys.programs import running, tell, told
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served

NEW = "Add an application"
HIGH = "Add an application of the high profile"
PROFILE = "Which profile does it need?"
METHOD = "How does it prove who it is?"
READY = "Your application is ready"
PROGRAM = "openid-client-fapi"
NO_PAGE = "There is no page here yet"


@dataclass
class Partner:
    """Somebody at the portal, and the folder that their program runs in; `home` in the portal.

    Their website, to which browsers come back, has no page for that yet.
    """

    visitor: Visitor
    folder: Path
    callback: str
    home: str = ""

    def paste(self) -> tuple[str, str]:
        """Have the program sign a test resident in; return what it prints and complains of."""
        with running(PROGRAM, self.folder) as program:
            self.visitor.open(program.address)
            if self.visitor.on_provider():
                self.visitor.press("Sign in")
                self.visitor.press("Share and continue")
            expect(self.visitor.page.locator("body")).to_have_text(NO_PAGE)
            return program.process.communicate(f"{self.visitor.page.url}\n", timeout=90)

    def finds(self, cause: str, rule: str) -> str:
        """Find a refusal by what caused it, and the rule of FAPI 2.0; return what mends it."""
        fix = top_entry(self.visitor, self.home, cause)
        expect(self.visitor.page.get_by_role("main")).to_contain_text(rule)
        return fix


def test_a_broken_rule_of_fapi_is_found_under_requests_and_mended(
    new_visitor: NewVisitor, served: Served, tmp_path: Path
) -> None:
    visitor = new_visitor(narrow=True)
    no_page = answering(NO_PAGE.encode(), head="HTTP/1.1 404 Not Found")
    with serving(no_page, certificate=certificate_for("localhost", tmp_path)) as website:
        partner = Partner(visitor, tmp_path, f"https://localhost:{website.port}/callback")
        _trust_own_certificate(visitor)
        begin(visitor, served)
        _choose(visitor)
        _describe(partner)
        _connect(partner)
        _send_without_pushing(partner, served)
        _redeem_without_proof(partner)
        tell(partner.folder, dpop_bound_access_tokens=True)
        printed, complained = partner.paste()
        assert "Signed in: " in printed, complained


def _trust_own_certificate(visitor: Visitor) -> None:
    """As a developer does who tries a website out on their own machine."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("Security.setIgnoreCertificateErrors", {"ignore": True})


def _choose(visitor: Visitor) -> None:
    visitor.press("Applications", "link")
    visitor.press(NEW)
    visitor.press("Continue")
    visitor.press("See which profile it needs", "link")
    visitor.leave_unanswered("Standard")
    visitor.press("Continue")
    visitor.expect_page(f"Error: {PROFILE}", PROFILE)
    visitor.choose("High (FAPI 2.0)")
    visitor.press("Continue")
    visitor.leave_unanswered("By a key of its own (private_key_jwt)")
    visitor.press("Continue")
    visitor.expect_page(f"Error: {METHOD}", METHOD)
    visitor.choose("By a key of its own (private_key_jwt)")
    visitor.press("Continue")
    visitor.expect_page(HIGH, HIGH)


def _describe(partner: Partner) -> None:
    visitor = partner.visitor
    visitor.fill("Redirect URIs", "http://localhost:9000/callback")
    visitor.press("Create the application")
    visitor.expect_page(f"Error: {HIGH}", HIGH)
    visitor.fill("Name of the application", "Housing Grants")
    visitor.fill("Redirect URIs", partner.callback)
    visitor.fill("Or the keys themselves (JWKS)", public_half(partner.folder))
    visitor.press("Create the application")
    visitor.expect_page(READY, READY)
    assert visitor.page.locator("#client-secret").count() == 0


def _connect(partner: Partner) -> None:
    visitor = partner.visitor
    visitor.press("Connect it, with a program to start from", "link")
    partner.home = visitor.page.url.removesuffix("/start")
    main = visitor.page.get_by_role("main")
    for must in ("(private_key_jwt)", "(DPoP)", "(PAR)"):
        expect(main).to_contain_text(must)
    expect(main).not_to_contain_text("secret")
    visitor.press("openid-client", "link")
    download(visitor, partner.folder)


def _send_without_pushing(partner: Partner, served: Served) -> None:
    """As a library does that knows no pushed requests."""
    parameters = {
        "client_id": told(partner.folder)["client_id"],
        "redirect_uri": partner.callback,
        "response_type": "code",
        "scope": "openid",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }
    partner.visitor.open(f"{served.issuer}/authorize?{urlencode(parameters)}")
    expect(partner.visitor.page.locator("body")).to_have_text(NO_PAGE)
    assert "error=invalid_request" in partner.visitor.page.url
    fix = partner.finds("push", "FAPI 2.0 Security Profile §5.3.2.2")
    assert "/par" in fix


def _redeem_without_proof(partner: Partner) -> None:
    tell(partner.folder, dpop_bound_access_tokens=False)
    printed, complained = partner.paste()
    assert "Signed in: " not in printed
    assert "Not signed in: invalid_dpop_proof" in complained
    fix = partner.finds("DPoP", "FAPI 2.0 Security Profile §5.3.2.1")
    assert "DPoP" in fix
