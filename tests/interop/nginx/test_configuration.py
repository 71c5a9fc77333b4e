"""The files that an operator copies: they fit one another, README.md and this machine's nginx."""

import re
import subprocess
from pathlib import Path

from tests.environment import ROOT
from tests.interop.authority import Authority
from tests.interop.nginx import server
from tests.interop.nginx.server import HOST, Nginx

SHIPPED = "".join(
    (ROOT / "deploy" / name).read_text(encoding="utf-8")
    for name in ("nginx.conf", "nginx-mtls.conf")
)
README = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")


def test_every_name_to_fill_in_has_an_example_and_nothing_else_has() -> None:
    assert server.examples().keys() == set(re.findall(r"\$\{(\w+)\}", SHIPPED))


def test_the_readme_says_how_to_fill_it_in() -> None:
    assert server.FILL_IN in README
    assert server.FILL_IN_MTLS in README


def test_filled_in_it_keeps_what_is_nginx_s_own() -> None:
    filled = server.filled_in(server.examples())
    certificates = server.filled_in(server.examples(), server.FILL_IN_MTLS)
    assert "${" not in certificates
    assert "X-Client-Certificate $ssl_client_escaped_cert;" in certificates
    assert "${" not in filled
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in filled
    assert "listen [::]:443 ssl;" in filled
    assert "server_name login.example.org;" in filled


def test_nginx_takes_it_without_a_warning(tmp_path: Path, authority: Authority) -> None:
    nginx = Nginx(18080, 18443, tmp_path)
    main = server.write(nginx, before=18000, certificate=authority.issue(HOST))
    tried = subprocess.run(
        [server.program(), "-t", "-c", str(main)], check=False, capture_output=True, text=True
    )
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr
