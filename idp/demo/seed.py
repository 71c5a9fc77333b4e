"""Makes the demonstration's rows and demo.json agree, from whatever state either is in.

What is there and fits is kept. A credential that cannot be read back (the file is gone, or belongs
to another database) is replaced.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.passwords import operations as passwords
from accounts.profile import queries as accounts
from accounts.security import keyed_hash
from accounts.security.tokens import typed_secret
from accounts.signup.operations import create_account
from clients.applications import operations as applications
from clients.applications.changing import operations as changing
from clients.applications.credentials import operations as credentials
from clients.applications.queries import find as find_application
from clients.applications.queries import live_secrets
from clients.applications.registration import Changes
from clients.models import Application, Organisation, TestResident
from clients.organisations import operations as organisations
from clients.organisations.queries import find as find_organisation
from clients.test_residents import operations as test_residents
from clients.test_residents.queries import sign_in_with
from idp.demo import cast, event_streams, second_ways, summary
from idp.demo.cast import Person, Service
from idp.demo.summary import Known
from idp.keys import operations as keys


def seed(*, file: Path, urls: Mapping[str, str], by: Actor) -> None:
    """Make what is missing and write the file; `urls` are the services' addresses by key.

    Raises:
        clients.applications.writing.ApplicationRefusedError: an address is unfit.
    """
    known = summary.read(file)
    keys.create_missing(by=by)
    services = [_service(service, urls[service.key], known, by) for service in cast.SERVICES]
    content = {
        "issuer": settings.ISSUER,
        "services": [
            {"key": service.key, "name": service.name, "url": urls[service.key]}
            for service in cast.SERVICES
        ],
        "people": [_person(person, known, by) for person in cast.PEOPLE],
        "applications": services,
        "test_residents": [_test_resident(row) for row in _made_up(by)],
        "outbox": f"{settings.ISSUER}/outbox",
    }
    summary.write(file, content)


def _made_up(by: Actor) -> list[TestResident]:
    council = _organisation(cast.COUNCIL, by)
    return test_residents.make_all(organisation=council, by=by)


def _test_resident(resident: TestResident) -> dict[str, Any]:
    """Return whom the council's sandbox applications can be tried with."""
    known = sign_in_with(resident, now=timezone.now())
    return {
        "situation": resident.situation,
        "name": resident.account.full_name,
        "sign_in_name": resident.account.sign_in_name,
        "password": known.password,
        "app_secret": known.app_secret,
    }


def _service(service: Service, url: str, known: Known, by: Actor) -> dict[str, Any]:
    application = find_application(service.key)
    if application is None:
        created = applications.create(
            organisation=_organisation(service.organisation, by),
            registration=service.registration(url),
            by=by,
        )
        application, secret = created.application, created.client_secret
    else:
        application = _moved(application, service, url, by)
        level = Changes(minimum_level=service.level)
        application = changing.change(application=application, changes=level, by=by).application
        secret = known.client_secrets.get(application.client_id, "")
        if not _is_good(application, secret):
            secret = credentials.rotate(application=application, overlap=timedelta(0), by=by)
    events_token = event_streams.told_at(application, url, known, by) if service.hears else ""
    return {
        "key": service.key,
        "events_token": events_token,
        "name": application.name,
        "client_id": application.client_id,
        "client_secret": secret,
        "redirect_uris": application.redirect_uris.split(),
        "post_logout_redirect_uris": application.post_logout_redirect_uris.split(),
    }


def _organisation(slug: str, by: Actor) -> Organisation:
    found = find_organisation(slug)
    if found is not None:
        return found
    name = cast.PARTNERS.get(slug, settings.COUNCIL_NAME)
    is_council = slug == cast.COUNCIL
    return organisations.create(name=name, slug=slug, is_council=is_council, by=by)


def _moved(application: Application, service: Service, url: str, by: Actor) -> Application:
    wanted = service.addresses(url)
    uris = application.redirect_uris.split(), application.post_logout_redirect_uris.split()
    if tuple(map(tuple, uris)) == (wanted.redirect_uris, wanted.post_logout_redirect_uris):
        return application
    changes = Changes(
        redirect_uris=wanted.redirect_uris,
        post_logout_redirect_uris=wanted.post_logout_redirect_uris,
        home_url=f"{url}/",
        privacy_url=service.notice(url),
    )
    return changing.change(application=application, changes=changes, by=by).application


def _is_good(application: Application, secret: str) -> bool:
    hashes = live_secrets(application, now=timezone.now()).values_list("secret_hash", flat=True)
    return any(keyed_hash.matches(credentials.PURPOSE, secret, stored) for stored in hashes)


def _person(person: Person, known: Known, by: Actor) -> dict[str, Any]:
    account = accounts.find(person.sign_in_name)
    password = known.passwords.get(person.sign_in_name, "")
    if account is None:
        password = typed_secret()
        account = create_account(
            sign_in_name=person.sign_in_name,
            full_name=person.name,
            address=person.address,
            password=password,
            by=by,
        )
    elif not passwords.check(account, password):
        password = typed_secret()
        event = Event.PASSWORD_RESET
        encoded = passwords.hashed(password)
        passwords.set_password(account=account, encoded=encoded, event=event, by=by)
    return {
        "email": person.sign_in_name,
        "password": password,
        "name": person.name,
        **second_ways.told(account, person.second_way),
    }
