"""Of two processes each takes the nonces that the other gave, and no proof that the other took."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
import pytest

from tests.protocol.dpop.holder import Holder
from tests.serving import provider
from tests.serving.fixtures import serving_copy
from tests.serving.provider import Prepared, Served

_AT_ONCE = 20
_API = "https://bins.example/api"


@dataclass
class TwoProcesses:
    """One provider in two processes, and a program that proves to hold its key."""

    issuer: str
    other: str
    credentials: tuple[str, str]
    holder: Holder = field(default_factory=Holder)

    def ask(self, process: str, proof: str) -> httpx.Response:
        """Ask one of them for a token with a proof."""
        return httpx.post(
            f"{process}/token",
            data={"grant_type": "client_credentials", "resource": _API, "scope": "bins:read"},
            auth=self.credentials,
            headers={"DPoP": proof},
            timeout=30,
        )

    def proof(self, nonce: str | None) -> str:
        """Return a new proof with this nonce; by its address, it is for any process."""
        return self.holder.proof("POST", "/token", htu=f"{self.issuer}/token", nonce=nonce)

    def nonce(self, process: str) -> str:
        """Return the nonce that a process asks for."""
        asked = self.ask(process, self.proof(None))
        assert (asked.status_code, asked.json()["error"]) == (400, "use_dpop_nonce")
        return asked.headers["DPoP-Nonce"]


def _program(served: Served) -> tuple[str, str]:
    """Register an application that may call an API with bound tokens alone; return its secret."""
    whose = "--organisation=held"
    about = ("--sandbox", "--name=Lorry", "--kind=service", "--dpop")
    api = ("--name=Bins", f"--identifier={_API}", "--scope=bins:read")
    served.manage("organisation", "create", "--name=Held Trust", "--slug=held")
    made = served.manage("application", "create", whose, *about)
    served.manage("resource", "create", whose, *api)
    served.manage("resource", "let-call", "bins", "lorry")
    return made["client_id"], made["client_secret"]


@pytest.fixture(scope="module")
def two(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoProcesses]:
    folder, second = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    with serving_copy(folder, prepared) as one:
        same = Prepared(one.environment["BOROUGH_DATABASE_URL"], prepared.static)
        with provider.serving(second, same, settings={"BOROUGH_ISSUER": one.issuer}) as other:
            yield TwoProcesses(one.issuer, other.issuer, _program(one))


def test_a_nonce_of_one_process_is_good_in_the_other(two: TwoProcesses) -> None:
    """RFC 9449 §8: none is stored, so there is nothing to share."""
    for asked, told in ((two.issuer, two.other), (two.other, two.issuer)):
        answer = two.ask(told, two.proof(two.nonce(asked)))
        assert (answer.status_code, answer.json()["token_type"]) == (200, "DPoP")


def test_a_proof_that_one_process_took_is_refused_by_the_other(two: TwoProcesses) -> None:
    """RFC 9449 §11.1."""
    proof = two.proof(two.nonce(two.issuer))
    first = two.ask(two.issuer, proof)
    assert first.status_code == 200, first.text
    again = two.ask(two.other, proof)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_dpop_proof")


def test_of_twenty_at_once_with_one_proof_one_gets_a_token(two: TwoProcesses) -> None:
    proof = two.proof(two.nonce(two.other))
    processes = [two.issuer, two.other] * (_AT_ONCE // 2)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        answers = list(threads.map(lambda process: two.ask(process, proof), processes))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * (_AT_ONCE - 1)
