"""What residents see of the council that runs this: names, colours, contacts, hours.

Owns its values, which start as settings and are published over them by the service owner, and how
every process learns of a change within half a minute. Must not know pages or mails, which read it.
"""
