"""The short way for programs that call the API: no cookie, no page headers, errors as problems."""

import logging
from http import HTTPStatus
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import Resolver404, resolve

from idp.oidc.errors import new_reference
from idp.partner_api import problems
from idp.partner_api.problems import Refusal

logger = logging.getLogger(__name__)

PREFIX: Final = "/api/"


def answer(request: HttpRequest) -> HttpResponse:
    """Answer a request for an address of the API; whatever goes wrong, as a problem."""
    try:
        return _answer(request)
    except Refusal as refusal:
        return problems.answer(refusal)
    except OperationalError as cause:
        # A lock that did not come free, a lost connection: worth another try.
        return _failed(cause, HTTPStatus.SERVICE_UNAVAILABLE)
    except Exception as cause:  # noqa: BLE001 - the last resort: it must not reach the caller
        return _failed(cause, HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(request: HttpRequest) -> HttpResponse:
    # PostgreSQL takes no NUL: looking one up would be an error of ours.
    if "\0" in request.path_info:
        raise problems.not_there()
    try:
        found = resolve(request.path_info)
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except Resolver404 as error:
        raise problems.not_there() from error
    except RequestDataTooBig as error:
        words = "The request is too large."
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", words) from error
    except UnreadablePostError as error:
        words = "The request broke off."
        raise Refusal(HTTPStatus.BAD_REQUEST, "broken_off", words) from error
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": response["Allow"]}
        words = f"This address takes {response['Allow']}."
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "wrong_method", words, headers=headers)
    # Answers hold secrets; a proxy keeps none of them.
    response.setdefault("Cache-Control", "no-store")
    return response


def _failed(cause: Exception, status: HTTPStatus) -> HttpResponse:
    reference = new_reference()
    logger.error("api failed: reference=%s", reference, exc_info=cause)
    words = f"Something went wrong at the provider. Try again later. Reference: {reference}"
    return problems.answer(Refusal(status, "unexpected", words))
