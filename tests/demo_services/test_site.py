"""What every answer of a service keeps to, whatever was asked."""

import httpx
import pytest

from deploy.demo_services.site import Site
from tests.demo_services.conftest import ADDRESS, Visitor
from tests.demo_services.fake_provider import ISSUER

PAGES = [
    "/",
    "/sign-in",
    "/callback",
    "/sign-out",
    "/signed-out",
    "/privacy",
    "/nothing",
    "/static/base.css",
]


@pytest.mark.parametrize("path", PAGES)
def test_strict_headers(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self';")
    assert f"form-action 'self' {ISSUER};" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_cookie_is_the_services_own_and_hidden_from_scripts(visitor: Visitor) -> None:
    cookie = visitor.get("/sign-in").headers["set-cookie"]
    assert cookie.startswith("council-tax-visit=")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax")


def test_looking_sets_no_cookie(visitor: Visitor) -> None:
    assert "set-cookie" not in visitor.get("/").headers


def test_forged_cookie_is_ignored(visitor: Visitor) -> None:
    visitor.signs_in()
    key, _, _ = visitor.cookies["council-tax-visit"].partition(".")
    for forged in (key, f"{key}.", f"{key}.0000", "", "."):
        page = visitor.get("/", headers={"cookie": f"council-tax-visit={forged}"})
        assert "Sign in with Borough Login" in page.text


def test_odd_cookies_of_other_programs_do_no_harm(visitor: Visitor) -> None:
    visitor.signs_in()
    ours = f"council-tax-visit={visitor.cookies['council-tax-visit']}"
    page = visitor.get("/", headers={"cookie": f'a=b"c; {{"x"}}; ;=; {ours}; [z]=1'})
    assert "You are signed in" in page.text


@pytest.mark.parametrize(
    "method, path, status",
    [
        ("GET", "/nothing", 404),
        ("GET", "/static/../__main__.py", 404),
        ("GET", "//evil.test/", 404),
        ("POST", "/", 405),
        ("POST", "/sign-in", 405),
        ("DELETE", "/sign-out", 405),
        ("GET", "/callback", 400),
        ("GET", "/callback?state=%00%ff&code=%ed%a0%80", 400),
        ("GET", f"/?{'x' * 9000}", 400),
        ("HEAD", "/", 200),
    ],
)
def test_odd_requests_get_a_proper_page(
    visitor: Visitor, method: str, path: str, status: int
) -> None:
    response = visitor.request(method, httpx.URL(ADDRESS + path))
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert bool(response.content) == (method != "HEAD")


@pytest.mark.parametrize("length", ["99999", "-1", "9" * 5000, "x"])
def test_oversized_forms_are_refused_unread(visitor: Visitor, length: str) -> None:
    response = visitor.post("/sign-out", headers={"content-length": length})
    assert response.status_code == 400


def test_other_names_for_the_host_lead_to_its_own(site: Site) -> None:
    transport = httpx.WSGITransport(app=site)
    with httpx.Client(transport=transport, base_url="http://localhost:8001") as visitor:
        assert visitor.get("/sign-in").headers["location"] == f"{ADDRESS}/"


def test_pages_name_language_service_and_title(visitor: Visitor) -> None:
    page = visitor.get("/").text
    assert '<html lang="en-GB">' in page
    assert "<title>Welcome \N{EN DASH} Council Tax</title>" in page
    assert "<script" not in page
    assert "style=" not in page
