"""Environment readers fail loudly and never guess."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from idp import env


@pytest.mark.parametrize("word", ["maybe", "", "2", "truthy"])
def test_an_unclear_truth_value_is_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("BOROUGH_X", word)
    with pytest.raises(ImproperlyConfigured, match="yes or no"):
        env.boolean("BOROUGH_X", default=False)


def test_a_missing_value_without_default_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="BOROUGH_MISSING_FILE"):
        env.text("BOROUGH_MISSING")


def test_a_secret_is_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("BOROUGH_X_FILE", str(tmp_path / "secret"))
    assert env.text("BOROUGH_X") == "from a file"


def test_a_file_that_cannot_be_read_is_told_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BOROUGH_X_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match=r"BOROUGH_X_FILE names .* No such file"):
        env.text("BOROUGH_X")


def test_a_file_that_is_no_text_is_refused_without_quoting_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_bytes(b"hidden\xff")
    monkeypatch.setenv("BOROUGH_X_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="BOROUGH_X_FILE") as refused:
        env.text("BOROUGH_X")
    assert "hidden" not in str(refused.value)


def test_a_word_that_is_not_among_those_allowed_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOROUGH_X", "nope")
    with pytest.raises(ImproperlyConfigured, match="BOROUGH_X must be one of INFO, ERROR"):
        env.one_of("BOROUGH_X", "INFO", ["INFO", "ERROR"])


def test_a_value_and_a_file_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOROUGH_X", "a")
    monkeypatch.setenv("BOROUGH_X_FILE", "b")
    with pytest.raises(ImproperlyConfigured, match="not both"):
        env.text("BOROUGH_X")


@pytest.mark.parametrize("number", ["-1", "1.5", "ten", "0"])
def test_a_length_of_time_is_a_whole_number_of_seconds(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setenv("BOROUGH_X", number)
    with pytest.raises(ImproperlyConfigured):
        env.seconds("BOROUGH_X", 60)


def test_seconds_become_a_length_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOROUGH_X", "90")
    assert env.seconds("BOROUGH_X", 60) == timedelta(seconds=90)


def test_the_newest_key_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOROUGH_X", "k2:bbb, k1:aaa:with:colons")
    assert list(env.keyring("BOROUGH_X").items()) == [("k2", "bbb"), ("k1", "aaa:with:colons")]


@pytest.mark.parametrize("ring", ["", " , "])
def test_a_keyring_without_a_key_is_refused(monkeypatch: pytest.MonkeyPatch, ring: str) -> None:
    monkeypatch.setenv("BOROUGH_X", ring)
    with pytest.raises(ImproperlyConfigured, match="at least one key"):
        env.keyring("BOROUGH_X")


@pytest.mark.parametrize("ring", ["nokey", ":secret", "id:", "a:1,b", "a:1,a:2"])
def test_a_keyring_that_lost_a_part_is_refused(monkeypatch: pytest.MonkeyPatch, ring: str) -> None:
    monkeypatch.setenv("BOROUGH_X", ring)
    with pytest.raises(ImproperlyConfigured, match="BOROUGH_X must be id:secret"):
        env.keyring("BOROUGH_X")


def test_a_postgresql_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOROUGH_X", "postgresql://ann:p%40ss@db.internal:5433/borough")
    database = env.database("BOROUGH_X", "")
    assert (database["USER"], database["PASSWORD"]) == ("ann", "p@ss")
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.internal",
        "5433",
        "borough",
    )


def test_a_database_address_with_an_impossible_port_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOROUGH_X", "postgresql://localhost:port/x")
    with pytest.raises(ImproperlyConfigured, match="BOROUGH_X is not an address"):
        env.database("BOROUGH_X", "")


def test_an_unknown_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOROUGH_X", "mysql://localhost/x")
    with pytest.raises(ImproperlyConfigured, match="postgresql"):
        env.database("BOROUGH_X", "")
