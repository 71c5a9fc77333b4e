"""What the log says of a client assertion that was refused: RFC 7523 §3.2, for operators."""

from time import time
from typing import Any

import pytest

from tests.protocol.partner import body, refused
from tests.protocol.signing import SigningPartner


@pytest.fixture
def partner() -> SigningPartner:
    return SigningPartner.keyed()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level("INFO")
    return caplog


def _logged(log: pytest.LogCaptureFixture, partner: SigningPartner, **changes: Any) -> str:
    """Return the line of a refusal, found by the reference in its answer."""
    answer = partner.present(partner.assertion(**changes))
    assert refused(answer, "invalid_client", 401)
    reference = body(answer)["error_description"].split()[-1]
    return next(line for line in log.messages if reference in line)


def test_one_that_lives_too_long_is_laid_to_whom_it_names(
    log: pytest.LogCaptureFixture, partner: SigningPartner
) -> None:
    line = _logged(log, partner, exp=int(time()) + 3600)
    assert "jwt_lives_too_long" in line
    assert f"client='{partner.application.client_id}'" in line


@pytest.mark.parametrize("sub", ["", "x\0", "é", "x" * 300, 5, None])
def test_one_that_names_no_application_is_laid_to_nobody(
    log: pytest.LogCaptureFixture, partner: SigningPartner, sub: object
) -> None:
    assert "client=''" in _logged(log, partner, sub=sub)
