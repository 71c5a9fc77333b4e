"""A tool that is missing skips its tests with the package to install; in CI it fails them."""

import shutil
from types import ModuleType

import pytest

from tests.databases import binaries, postgresql
from tests.environment import ROOT
from tests.interop.apache import server as apache
from tests.interop.nginx import server as nginx
from tests.runner import __main__ as runner
from tests.runner.counts import FAILED, SKIPPED
from tests.serving import chromium


@pytest.fixture
def without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_executable", lambda: None)


@pytest.fixture
def without_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(binaries, "find", lambda: None)


@pytest.fixture
def without_web_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)


@pytest.fixture
def browser_test(request: pytest.FixtureRequest) -> pytest.Item:
    item: pytest.Item = request.node
    item.add_marker("browser")
    return item


@pytest.mark.usefixtures("without_chromium")
def test_without_chromium_a_browser_test_is_skipped_by_name(
    browser_test: pytest.Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        chromium.pytest_runtest_setup(browser_test)


@pytest.mark.usefixtures("without_chromium")
def test_in_ci_a_missing_chromium_is_a_failure(
    browser_test: pytest.Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        chromium.pytest_runtest_setup(browser_test)


@pytest.mark.usefixtures("without_postgresql")
def test_without_postgresql_its_run_is_skipped_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)

    with runner.on_postgresql([], {"PostgreSQL": []}) as second:
        assert second.finish() == SKIPPED
    assert f"apt-get install {postgresql.PACKAGE}" in capsys.readouterr().out


@pytest.mark.usefixtures("without_postgresql")
def test_in_ci_a_missing_postgresql_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    with runner.on_postgresql([], {"PostgreSQL": []}) as second:
        assert second.finish() == FAILED


@pytest.mark.parametrize("web_server", [apache, nginx], ids=["apache", "nginx"])
@pytest.mark.usefixtures("without_web_servers")
def test_without_a_web_server_its_tests_are_skipped_by_name_and_fail_in_ci(
    web_server: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = f"apt-get install {web_server.PACKAGE}"
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=wanted):
        web_server.program()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=wanted):
        web_server.program()


def test_the_package_list_names_what_the_skips_ask_for() -> None:
    listed = (ROOT / "deploy" / "debian-packages.txt").read_text().split()

    asked_for = {module.PACKAGE for module in (apache, chromium, nginx, postgresql)}
    assert asked_for <= set(listed)
