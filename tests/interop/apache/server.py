"""Debian's Apache with mod_auth_openidc before one page, which tells whom it is shown to."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.children import Children
from tests.interop.authority import Certificate
from tests.interop.internet import listens
from tests.interop.public import Public

PACKAGE = "libapache2-mod-auth-openidc"
PATH = "/private/"
_MODULES = Path("/usr/lib/apache2/modules")
_LOADED = (
    *("mpm_event", "authn_core", "authz_core", "authz_user", "dir", "headers", "ssl"),
    "auth_openidc",
)
_SERVER = """\
ServerRoot {folder}
ServerName 127.0.0.1
PidFile {folder}/apache.pid
DefaultRuntimeDir {folder}
Mutex file:{folder}
ErrorLog {folder}/error.log
LogLevel warn auth_openidc:info
StartServers 1
ThreadsPerChild 8
MinSpareThreads 1
MaxSpareThreads 8
MaxRequestWorkers 8
DocumentRoot {folder}/pages
DirectoryIndex index.html
OIDCCacheType shm
OIDCOutgoingProxy {proxy}
OIDCCABundlePath {folder}/authority.pem
"""
_SITE = """\
Listen 127.0.0.1:{port} https
<VirtualHost 127.0.0.1:{port}>
    ServerName 127.0.0.1
    SSLEngine on
    SSLCertificateFile {certificate}
    SSLCertificateKeyFile {key}
    OIDCProviderMetadataURL {issuer}/.well-known/openid-configuration
    OIDCClientID {client_id}
    OIDCRedirectURI https://127.0.0.1:{port}{path}callback
    OIDCDefaultURL https://127.0.0.1:{port}{path}
    OIDCCryptoPassphrase a-passphrase-of-{name}
    OIDCCookie {name}
    OIDCPKCEMethod S256
    OIDCIDTokenSignedResponseAlg ES256
    OIDCRemoteUserClaim sub
    OIDCSessionType server-cache
    {further}
    <Location {path}>
        AuthType openid-connect
        Require valid-user
        Header echo ^OIDC_
    </Location>
</VirtualHost>
"""


@dataclass(frozen=True)
class Site:
    """One website of the server; `name` is that of its cookie, `further` are lines of its own."""

    name: str
    port: int
    client_id: str
    further: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its page."""
        return f"{origin(self.port)}{PATH}"

    @property
    def callback(self) -> str:
        """Where the module takes every message."""
        return callback(self.port)

    @property
    def signed_out(self) -> str:
        """Where it sends people when they have signed out."""
        return f"{origin(self.port)}/signed-out"


def origin(port: int) -> str:
    """Return the address of a site at this port."""
    return f"https://127.0.0.1:{port}"


def callback(port: int) -> str:
    """Return where the module of a site at this port takes every message."""
    return f"{origin(port)}{PATH}callback"


def program() -> str:
    """Return where Apache is; skip the test by name where it or the module is missing."""
    found = shutil.which("apache2") or shutil.which("/usr/sbin/apache2")
    if found and (_MODULES / "mod_auth_openidc.so").exists():
        return found
    reason = f"mod_auth_openidc is missing: apt-get install {PACKAGE}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@contextmanager
def open_folder() -> Iterator[Path]:
    """Yield a folder that Apache's own user may read: a test's are its user's alone."""
    with tempfile.TemporaryDirectory(prefix="borough-apache-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def running(folder: Path, public: Public, *sites: Site) -> Iterator[None]:
    """Serve the sites until the block ends."""
    (folder / "pages" / "private").mkdir(parents=True)
    (folder / "pages" / "private" / "index.html").write_text("<h1>A page for residents</h1>")
    shutil.copy(public.authority.certificate, folder / "authority.pem")
    certificate = public.authority.issue("127.0.0.1")
    main = folder / "apache.conf"
    main.write_text("\n".join(_lines(folder, public, certificate, sites)))
    children = Children(folder=folder, environment=os.environ, logs=folder)
    try:
        children.start("apache", program(), "-d", str(folder), "-f", str(main), "-DFOREGROUND")
        for site in sites:
            public.internet.hosts[f"127.0.0.1:{site.port}"] = site.port
        children.wait(lambda: all(listens(site.port) for site in sites), seconds=30)
        yield
    finally:
        children.stop()


def _lines(
    folder: Path, public: Public, certificate: Certificate, sites: tuple[Site, ...]
) -> Iterator[str]:
    for module in _LOADED:
        yield f"LoadModule {module}_module {_MODULES}/mod_{module}.so"
    if os.geteuid() == 0:  # which Apache itself refuses to serve as
        yield from ("User www-data", "Group www-data")
    yield _SERVER.format(folder=folder, proxy=public.internet.proxy.removeprefix("http://"))
    for site in sites:
        yield _SITE.format(
            port=site.port,
            certificate=certificate.certificate,
            key=certificate.key,
            issuer=public.issuer,
            client_id=site.client_id,
            path=PATH,
            name=site.name,
            further="\n    ".join(site.further),
        )
