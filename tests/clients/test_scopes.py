"""The scope catalogue."""

from clients.scopes import SCOPES


def test_the_scopes_are_those_of_the_specification() -> None:
    # OIDC Core §5.4 and §11.
    assert set(SCOPES) == {"openid", "profile", "email", "address", "phone", "offline_access"}


def test_every_scope_is_filed_under_its_own_name() -> None:
    assert all(scope.name == name for name, scope in SCOPES.items())


def test_no_claim_comes_with_two_scopes() -> None:
    claims = [claim for scope in SCOPES.values() for claim in scope.claims]
    assert len(claims) == len(set(claims))


def test_residents_read_no_words_of_the_standards() -> None:
    words = " ".join(f"{scope.label} {scope.explanation}" for scope in SCOPES.values()).lower()
    for jargon in ("scope", "claim", "consent", "application", "token", "offline", "identifier"):
        assert jargon not in words
