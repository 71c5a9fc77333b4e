"""What this app holds about an account, part by part."""

from accounts.export.parts import contact, details, past, places, signing_in

PARTS = (
    *details.PARTS,
    *signing_in.PARTS,
    *places.PARTS,
    *contact.PARTS,
    *past.PARTS,
)
