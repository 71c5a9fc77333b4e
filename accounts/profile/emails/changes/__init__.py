"""One change of addresses on its way: confirmed at the new address and agreed to at the old one.

A mailed link says no more than that its mailbox was read: only the account's owner, signed in
anew, brings a change about. Must not know of any other part of a profile.
"""
