"""Names are found by their whole words, however those are written."""

import pytest

from accounts.audit.actor import OPERATOR
from accounts.models import Account, NameWord
from accounts.names.operations import note_words
from accounts.names.words import words_of
from accounts.profile.details.operations import change_name
from accounts.signup.operations import create_account
from tests import factories


@pytest.mark.parametrize(
    "name, words",
    [
        ("Ann Example", {"ann", "example"}),
        ("ANN  ann", {"ann"}),
        ("José Núñez", {"jose", "nunez"}),
        ("Jose\u0301 Nunez", {"jose", "nunez"}),
        ("Siobhán O’Brien", {"siobhan", "obrien"}),
        ("Siobhan O'Brien", {"siobhan", "obrien"}),
        ("Mary Smith-Jones", {"mary", "smith", "jones"}),
        ("Straße", {"strasse"}),
        ("ﬁona", {"fiona"}),
        ("ราชา นามสกุล", {"ราชา", "นามสกุล"}),
        ("% _ * \0", set()),
        ("a%b_c", {"a", "b", "c"}),
        ("Ann\u202eelpmaxE", {"annelpmaxe"}),
        ("\ud800 Ann", {"ann"}),
        ("", set()),
    ],
)
def test_case_accents_and_signs_make_no_difference(name: str, words: set[str]) -> None:
    assert words_of(name) == words


def test_no_word_is_longer_than_its_column() -> None:
    assert max(len(word) for word in words_of("\ufdfa" * 500 + " " + "x" * 500)) <= 200


def _kept(account: Account) -> set[str]:
    return set(NameWord.objects.filter(account=account).values_list("word", flat=True))


@pytest.mark.django_db
class TestKept:
    def test_a_new_account_is_found_by_its_name_and_then_by_its_new_one(self) -> None:
        account = create_account(
            sign_in_name="ann",
            full_name="Ann Example",
            address="ann@example.org",
            password=factories.PASSWORD,
            by=OPERATOR,
        )
        assert _kept(account) == {"ann", "example"}
        change_name(account=account, full_name="Ann Newname", by=OPERATOR)
        assert _kept(account) == {"ann", "newname"}

    def test_staff_and_made_up_people_are_found_by_no_name(self) -> None:
        for account in (factories.staff_member().account, factories.account(is_test=True)):
            note_words(account=account)
            assert _kept(account) == set()
