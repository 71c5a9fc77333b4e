"""News that travels upward, sent inside the transaction that makes it true.

Receivers only write rows; an error in one rolls everything back.

`application_suspended`: `application` and `by`; it gets nothing until it is reinstated.
`membership_changed`: `organisation`, `account` and `by`; it has another role there, or none.
`application_narrowed`: `application` and `by`; it may ask for less than before.
`redirect_uris_removed`: `application`; answers may go to fewer addresses than before.
`organisation_suspended`: `organisation` and `by`; the same for each of its applications.
`stopped_sharing_wanted`: `resident` and `by`; a made-up person is to have stopped sharing with each
sandbox application of their organisation; `again`: also where they have begun anew.
"""

from django.dispatch import Signal

application_narrowed = Signal()
application_suspended = Signal()
membership_changed = Signal()
organisation_suspended = Signal()
redirect_uris_removed = Signal()
stopped_sharing_wanted = Signal()
