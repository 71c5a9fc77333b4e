"""Who may enter a view."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory, override_settings

from accounts.sessions.decorators import Access, demo_only, machine, public, signed_in
from accounts.sessions.middleware import BoroughRequest
from tests.factories import people


def _view(request: BoroughRequest) -> HttpResponse:
    return HttpResponse(request.path)


def _request(path: str = "/account?page=2", method: str = "get") -> BoroughRequest:
    request: BoroughRequest = getattr(RequestFactory(), method)(path)
    request.signed_in = request.signed_in_before = None
    return request


@pytest.mark.parametrize(
    "decorator, access",
    [
        (public, Access.PUBLIC),
        (signed_in, Access.SIGNED_IN),
        (machine, Access.MACHINE),
        (demo_only, Access.DEMO),
    ],
)
def test_a_view_states_who_may_enter(decorator: object, access: Access) -> None:
    assert callable(decorator)

    def view(request: BoroughRequest) -> HttpResponse:
        return _view(request)

    assert decorator(view).access == access


def test_somebody_not_signed_in_is_sent_to_sign_in_and_back() -> None:
    response = signed_in(_view)(_request())
    assert response.status_code == 302
    assert response["Location"] == "/sign-in?return_to=%2Faccount%3Fpage%3D2"


def test_after_a_form_they_come_back_to_its_page() -> None:
    response = signed_in(_view)(_request(method="post"))
    assert response["Location"] == "/sign-in?return_to=%2Faccount%3Fpage%3D2"


@pytest.mark.django_db
def test_somebody_signed_in_enters() -> None:
    request = _request()
    request.signed_in = people.session(people.account())
    assert signed_in(_view)(request).status_code == 200


def test_the_demonstrations_pages_are_nowhere_else() -> None:
    with override_settings(DEMO=True):
        assert demo_only(_view)(_request()).status_code == 200
    with override_settings(DEMO=False), pytest.raises(Http404):
        demo_only(_view)(_request())
