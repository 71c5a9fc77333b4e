"""The cookie that keeps a browser signed in."""

from django.http import HttpResponse

from accounts.security import cookies


def attach(response: HttpResponse, cookie_value: str) -> None:
    """Give the browser its new session; without a lifetime, so that closing it signs out."""
    cookies.put(response, cookies.SIGNED_IN, cookie_value)


def detach(response: HttpResponse) -> None:
    """Take the session from the browser."""
    cookies.drop(response, cookies.SIGNED_IN)
