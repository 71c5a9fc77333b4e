"""News that travels upward, sent inside the transaction that makes it true.

Receivers only write rows; an error in one rolls everything back.

`session_ended`: `sessions` (their ids), `reason`, and `successor`: the account's new session in the
same browser, which takes over what hung on the old one, or None.
`account_locked`: `account`; nothing may act for it until it is reinstated.
`credential_changed`: `account`, `kept_session` (id or None) and `offline_ends` (whether tokens
that outlive sessions end too).
`account_closed`: `account` and `closing`, beside `account_locked`; what was agreed ends.
`account_reopened`: `account` and `closing`; its owner may use it again, if it is not frozen.
`account_joined`: `closed` and `kept`, of which the first has ended.
`account_purged`: `account`, of which nothing personal is left in a moment; for good.
`account_unlocked`: `account`; its owner may use it again.
`authenticator_changed`: `account`, `kind` (of an authenticator, or "password") and `change`:
"added", "changed", "set_aside" (it opens nothing until it is kept) or "removed".
`staff_stopped`: `account` and `reason` (of the end of its sessions): somebody of the staff left or
begins anew, with no role any more; what waits for them or by them is set aside.
`death_undone`: `account`; it was held because its owner was said to have died, and is held no more.
`jobs_looked_after`: `now`; every few minutes, in no transaction. Receivers queue again what a
killed worker left, and return how many by what it is called.
`day_passed`: `now`; at least once a day, in no transaction. Receivers do what fell due, however
often they hear of it, and return the same.
"""

from django.dispatch import Signal

session_ended = Signal()
account_closed = Signal()
account_locked = Signal()
account_purged = Signal()
account_reopened = Signal()
account_unlocked = Signal()
authenticator_changed = Signal()
credential_changed = Signal()
account_joined = Signal()
day_passed = Signal()
death_undone = Signal()
jobs_looked_after = Signal()
staff_stopped = Signal()
