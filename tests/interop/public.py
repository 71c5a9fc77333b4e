"""`public`: the provider as a council runs it, at a public https address behind nginx.

Its settings are environment variables alone, as deploy/env.example has them; its processes are
those of deploy/systemd/, its web server is that of deploy/nginx.conf.
"""

import base64
import hashlib
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import httpx
import pytest

from deploy.children import Children
from tests.databases import fresh
from tests.environment import ROOT
from tests.interop.authority import Authority, Certificate
from tests.interop.internet import Internet, internet
from tests.interop.nginx import server
from tests.interop.nginx.server import HOST, MTLS_HOST, Nginx
from tests.serving.clock import Clock
from tests.serving.operating import operating
from tests.serving.outbox import Outbox
from tests.serving.provider import Prepared, Served, free_port

_UNITS = ROOT / "deploy" / "systemd"
_FIELD_KEYS = "BOROUGH_FIELD_ENCRYPTION_KEYS"
_UNIT_PYTHON, _UNIT_PORT = "/opt/borough-login/.venv/bin/python", "8000"


@dataclass
class Public:
    """The provider, what stands before it, and how others reach it."""

    served: Served
    nginx: Nginx
    internet: Internet
    authority: Authority
    logs: Path
    # Where nginx finds the provider; and the one port of this machine that it may ask, a partner's.
    port: int
    partner_port: int

    @property
    def issuer(self) -> str:
        """Its public address."""
        return self.served.issuer

    def client(self, certificate: Certificate | None = None) -> httpx.Client:
        """Return a client out there: it knows the names, and trusts the certificate.

        With one of its own it comes with that to whoever asks for one.
        """
        trust = self.authority.trust
        if certificate:
            trust.load_cert_chain(certificate.certificate, certificate.key)
        return httpx.Client(verify=trust, proxy=self.internet.proxy, timeout=30, trust_env=False)

    def client_at(self, address: str) -> httpx.Client:
        """Return a client at this address of this machine, which knows nginx by its address."""
        transport = httpx.HTTPTransport(verify=self.authority.trust, local_address=address)
        url = f"https://127.0.0.1:{self.nginx.https_port}"
        return httpx.Client(transport=transport, base_url=url, headers={"Host": HOST}, timeout=30)

    def register(self, name: str, redirect_uri: str, *arguments: str) -> dict[str, str]:
        """Return what an application's developer is given."""
        command = ["--organisation", self.organisation, "--sandbox", "--name", name]
        command += ["--redirect-uri", redirect_uri, *arguments]
        command += [f"--scope={scope}:public_task:To try" for scope in ("openid", "email")]
        created: dict[str, str] = self.served.manage("application", "create", *command)
        return created

    @cached_property
    def organisation(self) -> str:
        """One whose applications they are."""
        created = self.served.manage("organisation", "create", "--name", "Public Trust")
        return str(created["organisation"])

    @cached_property
    def person(self) -> dict[str, str]:
        """A test resident with a password."""
        whose = ("--test", "--organisation", self.organisation)
        named = ("--email", "nora@example.org", "--name", "Nora Public")
        created: dict[str, str] = self.served.manage("account", "create", *whose, *named)
        return created

    @cached_property
    def resident(self) -> dict[str, str]:
        """A real resident with a password."""
        named = ("--email", "rosa@example.org", "--name", "Rosa Public")
        created: dict[str, str] = self.served.manage("account", "create", *named)
        return created


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return the authority that signs all certificates of the run."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def public(
    tmp_path_factory: pytest.TempPathFactory, prepared: Prepared, authority: Authority
) -> Iterator[Public]:
    """Yield a provider that answers at its public address; its processes end with the block."""
    with serving_publicly(tmp_path_factory.mktemp("public"), prepared, authority) as found:
        yield found


@contextmanager
def serving_publicly(
    folder: Path, prepared: Prepared, authority: Authority, clock: Clock | None = None
) -> Iterator[Public]:
    """Yield one of its own, by this clock if any, on a copy of what is prepared."""
    server.program()  # before anything is started in vain
    port, partner_port = free_port(), free_port()
    certificate = authority.issue(HOST, "127.0.0.1", MTLS_HOST)
    engine = os.environ.get("BOROUGH_DATABASE_URL", "")
    with (
        fresh.database(engine, folder, like=prepared.database_url) as database_url,
        server.running(_made(folder / "nginx"), before=port, certificate=certificate) as nginx,
        internet() as reached,
        ExitStack() as ending,
    ):
        reached.hosts.update({f"{host}:443": nginx.https_port for host in (HOST, MTLS_HOST)})
        council = production(database_url)
        # The second reads the signing keys that every database of a run comes with.
        keys = [council[_FIELD_KEYS], os.environ[_FIELD_KEYS]]
        environment = council | {
            _FIELD_KEYS: ",".join(keys),
            "BOROUGH_MTLS_ADDRESS": f"https://{MTLS_HOST}",
            "BOROUGH_STATIC_ROOT": str(prepared.static),
            # A partner on this machine, whose certificate the run's own authority signed.
            "BOROUGH_OUTGOING_CA_BUNDLE": str(authority.certificate),
            "BOROUGH_OUTGOING_ALLOW": f"127.0.0.1:{partner_port}",
            **(clock.environment if clock else {}),
        }
        children = Children(folder=ROOT, environment=environment, logs=_made(folder / "logs"))
        operator = ending.enter_context(operating(environment))
        outbox = Outbox(folder / "no-outbox")
        served = Served(f"https://{HOST}", outbox, environment, operator, children)
        found = Public(served, nginx, reached, authority, folder / "logs", port, partner_port)
        try:
            children.start("provider", *unit_command("borough-login", port))
            children.start("worker", *unit_command("borough-worker", port))
            children.wait(lambda: _is_ready(found), seconds=120)
            yield found
        finally:
            children.stop()


def production(database_url: str) -> dict[str, str]:
    """Return a whole environment: what a council must set, and nothing else."""
    return {
        "PATH": os.environ["PATH"],
        "BOROUGH_ISSUER": f"https://{HOST}",
        "BOROUGH_TRUSTED_PROXIES": "127.0.0.1",
        "BOROUGH_SECRET_KEY": _key("forms") + _key("more"),
        "BOROUGH_HASH_KEYS": f"1:{_key('hashes')}",
        _FIELD_KEYS: f"new:{_key('fields')}",
        "BOROUGH_AUDIT_KEYS": f"1:{_key('audit')}",
        "BOROUGH_AUDIT_COPY": "/mnt/audit/seals",
        "BOROUGH_DATABASE_URL": database_url,
        "BOROUGH_COUNCIL_NAME": "Borough Council",
        "BOROUGH_COUNCIL_PHONE": "020 8726 6000",
        "BOROUGH_COUNCIL_EMAIL": "help@borough.gov.uk",
        "BOROUGH_COUNCIL_ADDRESS": "Town Hall, 1 Mint Walk",
        "BOROUGH_COUNCIL_WEBSITE": "https://www.borough.gov.uk",
        "BOROUGH_ACCESSIBILITY_CONTACT": "accessibility@borough.gov.uk",
        "BOROUGH_DATA_PROTECTION_CONTACT": "privacy@borough.gov.uk",
        "BOROUGH_MAIL_FROM": "Borough Login <no-reply@borough.gov.uk>",
    }


def unit_command(unit: str, port: int) -> list[str]:
    """Return the command of a systemd unit, with this environment's Python and another port."""
    text = (_UNITS / f"{unit}.service").read_text(encoding="utf-8").replace("\\\n", " ")
    (line,) = (line for line in text.splitlines() if line.startswith("ExecStart="))
    python, *arguments = shlex.split(line.removeprefix("ExecStart="))
    assert python == _UNIT_PYTHON
    return [sys.executable, *(str(port) if part == _UNIT_PORT else part for part in arguments)]


def _key(name: str) -> str:
    """Return what os.urandom(32) would give, the same each time: a rule refuses telling ones."""
    digest = hashlib.sha256(f"tests.interop, {name}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()


def _is_ready(public: Public) -> bool:
    with public.client() as client:
        return client.get(f"{public.issuer}/readyz").is_success


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
