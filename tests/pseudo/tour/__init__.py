"""A tour of every page: each part is a person in one state, whose rows are forgotten afterwards."""

from collections.abc import Callable

from tests.pseudo.tour import (
    addresses,
    applications,
    callers,
    closing,
    getting_back_in,
    going_live,
    knowing,
    mistakes,
    own_account,
    partners,
    portal,
    services,
    signing_in,
    signing_up,
    staff,
    strangers,
    together,
    trying_out,
)

Part = Callable[[], None]

PARTS: tuple[Part, ...] = (
    *strangers.PARTS,
    *signing_up.PARTS,
    *signing_in.PARTS,
    *own_account.PARTS,
    *addresses.PARTS,
    *closing.PARTS,
    *getting_back_in.PARTS,
    *together.PARTS,
    *services.PARTS,
    *applications.PARTS,
    *partners.PARTS,
    *trying_out.PARTS,
    *portal.PARTS,
    *going_live.PARTS,
    *staff.PARTS,
    *knowing.PARTS,
    *callers.PARTS,
    *mistakes.PARTS,
)
