"""Services and organisations that a resident does not want to deal with here.

Owns their blocks: making one, which ends what was shared, and lifting it. Whether a service is
blocked is asked in `idp/consent/`, where agreements come about. Must not know how pages ask.
"""
