"""Somebody of a partner organisation at its pages, signed in, without Chromium."""

from typing import Any

from django.conf import settings

from accounts.assurance import Method
from accounts.models import Account, Session
from clients.applications.columns import columns_of
from clients.applications.form.starting import starting
from clients.applications.registration import Kind
from clients.models import Application, Member, Organisation
from tests import factories
from tests.accounts.visitor import Response, Visitor
from tests.factories import ways


class Partner(Visitor):
    """A member, signed in just now by a password, or by password and app."""

    def __init__(
        self,
        role: str = Member.Role.OWNER,
        *,
        of: Organisation | None = None,
        account: Account | None = None,
        two_factors: bool = False,
    ) -> None:
        super().__init__()
        password = factories.PASSWORD if two_factors else None
        self.account = account or factories.account(password=password)
        self.member = factories.member(self.account, of=of, role=Member.Role(role))
        self.organisation = self.member.organisation
        if two_factors:
            ways.app(self.account)
        self.enter(self.account, *([Method.PASSWORD, Method.APP] if two_factors else []))

    def grow_stale(self) -> None:
        """Let the sign-in be too old for what takes a new one."""
        rows = Session.objects.filter(account=self.account)
        old = rows.get().signed_in_at - 2 * settings.FRESH_SIGN_IN
        rows.update(auth_time=old, signed_in_at=old)

    @property
    def home(self) -> str:
        """The address of the organisation's first page."""
        return f"/organisations/{self.organisation.slug}"

    def page(self, application: Application, name: str = "") -> str:
        """Return the address of one of an application's pages."""
        return f"{self.home}/applications/{application.slug}{name and '/'}{name}"

    def post(self, path: str, **values: Any) -> Response:
        return self.client.post(path, values)

    def sandbox(self, **columns: Any) -> Application:
        """Return a new sandbox application of the organisation."""
        columns = {"environment": Application.Environment.SANDBOX, **columns}
        return factories.application(of=self.organisation, **columns)

    def sandbox_of_kind(self, kind: Kind, **columns: Any) -> Application:
        """Return the same as the portal's form for this kind makes it."""
        made = starting(kind, name="Blue Badges", redirect_uris=("http://localhost:9000/callback",))
        return self.sandbox(**{**columns_of(made), **columns})


def text(response: Response) -> str:
    """Return what the answer shows, as it was written."""
    return str(response.content.decode())
