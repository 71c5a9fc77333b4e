"""Debian's nginx with deploy/nginx.conf, filled in as deploy/README.md tells operators."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.children import Children
from tests.environment import ROOT
from tests.interop.authority import Certificate
from tests.interop.internet import listens
from tests.serving.provider import free_port

PACKAGE = "nginx"
HOST = "login.borough.example"
MTLS_HOST = "mtls.login.borough.example"
# README.md has this line; nginx.env.example the names that it fills in.
FILL_IN = """envsubst "$(printf '${%s}' "${!LOGIN_@}")" < deploy/nginx.conf"""
FILL_IN_MTLS = FILL_IN.replace("nginx.conf", "nginx-mtls.conf")
# What stands around a site in Debian's own /etc/nginx/nginx.conf, with its weaknesses: old TLS,
# compression, and a log of whole addresses.
_AROUND = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers on;
    access_log {folder}/access.log;
    gzip on;
    client_body_temp_path {folder}/temporary;
    proxy_temp_path {folder}/temporary;
    fastcgi_temp_path {folder}/temporary;
    scgi_temp_path {folder}/temporary;
    uwsgi_temp_path {folder}/temporary;
    include {folder}/borough-login.conf;
    include {folder}/borough-mtls.conf;
}}
"""


@dataclass(frozen=True)
class Nginx:
    """A running one: its two ports, and the folder with all that it writes."""

    http_port: int
    https_port: int
    folder: Path

    @property
    def own_log(self) -> str:
        """What the shipped configuration lets it write down of requests."""
        return (self.folder / "borough-login.log").read_text()

    @property
    def all_logs(self) -> str:
        """Everything that it wrote down anywhere."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


def program() -> str:
    """Return where nginx is; skip the test by name where it is missing, fail it in CI."""
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if found:
        return found
    reason = f"nginx is missing: apt-get install {PACKAGE}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def filled_in(names: Mapping[str, str], command: str = FILL_IN) -> str:
    """Return the shipped configuration with these names filled in, by an operator's command."""
    finished = subprocess.run(
        ["/bin/bash", "-euc", command],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **names},
        text=True,
    )
    return finished.stdout


def examples() -> dict[str, str]:
    """Return what deploy/nginx.env.example fills in, read by a shell."""
    show = "set -a; . deploy/nginx.env.example; env -0"
    finished = subprocess.run(
        ["/bin/sh", "-euc", show], check=True, capture_output=True, cwd=ROOT, env={}, text=True
    )
    named = dict(line.split("=", 1) for line in finished.stdout.split("\0") if "=" in line)
    return {name: value for name, value in named.items() if name.startswith("LOGIN_")}


@contextmanager
def running(folder: Path, *, before: int, certificate: Certificate) -> Iterator[Nginx]:
    """Yield one before whatever listens at this port; it ends with the block."""
    nginx = Nginx(free_port(), free_port(), folder)
    configuration = write(nginx, before=before, certificate=certificate)
    children = Children(folder=folder, environment=os.environ, logs=folder)
    try:
        children.start("nginx", program(), "-c", str(configuration))
        children.wait(lambda: listens(nginx.https_port), seconds=30)
        yield nginx
    finally:
        children.stop()


def write(nginx: Nginx, *, before: int, certificate: Certificate) -> Path:
    """Write all that nginx reads into its folder; return the file that it starts with."""
    folder = nginx.folder
    own = {
        "LOGIN_HOST": HOST,
        "LOGIN_CERTIFICATE": str(certificate.certificate),
        "LOGIN_CERTIFICATE_KEY": str(certificate.key),
        "LOGIN_SERVER": f"127.0.0.1:{before}",
        "LOGIN_IPV4": "127.0.0.1",
        # Stands in for an address of IPv6, which not every machine has.
        "LOGIN_IPV6": "127.0.0.2",
        "LOGIN_HTTP_PORT": str(nginx.http_port),
        "LOGIN_HTTPS_PORT": str(nginx.https_port),
        "LOGIN_LOGS": str(folder),
        "LOGIN_PAGES": str(ROOT / "deploy"),
        "LOGIN_MTLS_HOST": MTLS_HOST,
        "LOGIN_MTLS_CERTIFICATE": str(certificate.certificate),
        "LOGIN_MTLS_CERTIFICATE_KEY": str(certificate.key),
        "LOGIN_MTLS_AUTHORITIES": str(certificate.authority),
    }
    (folder / "borough-login.conf").write_text(filled_in(own))
    (folder / "borough-mtls.conf").write_text(filled_in(own, FILL_IN_MTLS))
    main = folder / "nginx.conf"
    # Debian's runs as www-data, which may not look into a test's folders.
    user = "user root;\n" if os.geteuid() == 0 else ""
    main.write_text(user + _AROUND.format(folder=folder))
    return main
