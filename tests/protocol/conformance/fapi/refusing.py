"""What each module takes for a refusal."""

import httpx


def refused(answer: httpx.Response, *errors: str, statuses: tuple[int, ...] = (400,)) -> bool:
    """Say whether an endpoint refused by one of these errors (RFC 6749 §5.2)."""
    assert answer.status_code in statuses, f"{answer.status_code} {answer.text}"
    assert answer.headers["Content-Type"].partition(";")[0] == "application/json"
    assert answer.json()["error"] in errors, answer.text
    return True


def denied(answer: httpx.Response) -> bool:
    """Say whether a resource refused (RFC 6750 §3, RFC 9449 §7.1)."""
    assert answer.status_code in {400, 401}, f"{answer.status_code} {answer.text}"
    return True
