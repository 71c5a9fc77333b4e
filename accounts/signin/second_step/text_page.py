"""Having a text message sent from the page that asks for its code."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.assurance import Method
from accounts.audit.actor import resident
from accounts.mfa.text_messages import operations as text_messages
from accounts.pages import errors
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.refusals import note_too_many
from accounts.signin.second_step import tries
from accounts.signin.second_step.code_page import CodePage, asked, place_of
from accounts.signin.second_step.forms import TextCodeForm
from accounts.signin.second_step.offers import offers

TEXT_MESSAGE: Final = CodePage(Method.TEXT_MESSAGE, "text_message", TextCodeForm)


def send(request: BoroughRequest) -> HttpResponse:
    """Send one if the limits allow it, and lead to the page that takes its code."""
    found = asked(request, TEXT_MESSAGE)
    if isinstance(found, HttpResponse):
        return found
    flow, account = found.flow, found.account
    verdict = tries.count(tries.counts_of_text(account, place_of(request, flow, account)))
    if verdict.allowed:
        text_messages.send(account=account, browser=flow.browser_hash, by=resident(account))
        return redirect(flows.address(flow, "signin:second_step_text_message"))
    note_too_many(request, verdict)
    words = {
        "flow": flow,
        "mail_to": "" if tries.has_mailbox(account, flow) else account.sign_in_name,
        "others": [o for o in offers(flow, account) if o.method is not Method.TEXT_MESSAGE],
    }
    template = "accounts/signin/second_step/too_many_texts.html"
    return errors.too_many_requests(request, verdict.wait, template=template, words=words)
