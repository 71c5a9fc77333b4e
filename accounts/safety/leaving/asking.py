"""Which form a question has, and what becomes of its answer."""

from collections.abc import Callable
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.mailbox.rules import CodeOutcome
from accounts.mailbox.wording import WRONG_CODE
from accounts.models import EmailAddress, Leaving, Session
from accounts.models.email_address import address_key
from accounts.pages.forms import GovukForm
from accounts.safety.channels import channel_of
from accounts.safety.leaving import forms, operations
from accounts.safety.leaving.choices import places_of, ways_of
from accounts.safety.leaving.steps import Step

_Maker = Callable[[Session, Any, QueryDict | None], GovukForm]


def form_of(
    session: Session, leaving: Leaving, step: str, data: QueryDict | None = None
) -> GovukForm:
    """Return the form of a question, filled with its answer so far or with what was sent."""
    chosen = leaving.choices.get(step)
    if step == Step.ADDRESS:
        return forms.AddressForm(data, initial={"address": leaving.address})
    if step in _FORMS:
        return _FORMS[step](session, chosen, data)
    channel = channel_of(session.account, step)
    if channel is None:
        raise LookupError(step)
    return forms.ChannelForm(data, channel=channel, initial={"fate": chosen})


def _places(session: Session, chosen: Any, data: QueryDict | None) -> GovukForm:  # noqa: ANN401
    places = places_of(session)
    # Whoever does not look closely signs out everywhere.
    initial = [place.value for place in places] if chosen is None else chosen
    return forms.PlacesForm(data, choices=places, initial={"chosen": initial})


def _ways(session: Session, chosen: Any, data: QueryDict | None) -> GovukForm:  # noqa: ANN401
    ways = ways_of(session.account)
    return forms.WaysForm(data, choices=ways, initial={"chosen": chosen or []})


_FORMS: Final[dict[str, _Maker]] = {
    Step.DEVICE: lambda _session, chosen, data: forms.DeviceForm(data, initial={"alone": chosen}),
    Step.PLACES: _places,
    Step.WAYS: _ways,
    Step.CODE: lambda _session, _chosen, data: forms.CodeForm(data),
    Step.PASSWORD: lambda session, _chosen, data: forms.PasswordForm(data, account=session.account),
    Step.MAILS: lambda _session, chosen, data: forms.DiscreetForm(
        data, initial={"discreet": chosen}
    ),
    Step.FREEZE: lambda _session, chosen, data: forms.FreezeForm(data, initial={"freeze": chosen}),
}


def keep(leaving: Leaving, step: str, form: GovukForm) -> bool:
    """Keep a valid answer; say whether it was, or else leave the reason in the form."""
    [(name, answer)] = form.cleaned_data.items()
    match step:
        case Step.ADDRESS:
            return _keep_address(leaving, form, answer)
        case Step.CODE:
            outcome = operations.confirm_address(leaving=leaving, code=answer)
            if outcome is not CodeOutcome.CONFIRMED:
                form.add_error(name, str(WRONG_CODE[outcome]))
            return outcome is CodeOutcome.CONFIRMED
        case Step.PASSWORD:
            operations.choose_password(leaving=leaving, password=answer)
        case _:
            operations.choose(leaving=leaving, step=step, choice=answer)
    return True


def _keep_address(leaving: Leaving, form: GovukForm, address: Any) -> bool:  # noqa: ANN401
    known = EmailAddress.objects.filter(
        account=leaving.account_id, address_key=address_key(address)
    )
    if known.exists():
        form.add_error("address", _("Your account has this address already. Enter another one"))
        return False
    if leaving.address != address or leaving.confirmed_at is None:
        operations.choose_address(leaving=leaving, address=address)
    return True
