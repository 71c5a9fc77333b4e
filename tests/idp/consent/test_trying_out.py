"""A service that is only for trying out does not pass for one that residents can rely on."""

import pytest

from tests import factories
from tests.protocol.resident import Resident

pytestmark = pytest.mark.django_db
BANNER = (
    "This is a test service (sandbox) of Riverside Trust. Only its test residents can sign in. "
    "Never type your own details."
)


@pytest.mark.parametrize("environment", ["sandbox", "live"])
def test_a_sandbox_application_alone_is_called_what_it_is_on_every_page(environment: str) -> None:
    # Programs register such by themselves, in their organisation's name.
    application = factories.application(name="Council Tax", environment=environment)
    person = {
        "sandbox": factories.test_resident(application.organisation, password=factories.PASSWORD),
        "live": factories.account(password=factories.PASSWORD),
    }[environment]
    browser = Resident()
    sign_in = browser.ask(application)
    sharing = browser.password(sign_in, person)
    pages = [" ".join(page.content.decode().split()) for page in (sign_in, sharing)]
    assert 'id="share"' in pages[1]
    assert {BANNER in page for page in pages} == {environment == "sandbox"}
