"""What residents agreed to share with a service: the sharing page and the record of its answer.

Owns consents: whether one covers a request, granting, refusing, withdrawing. Must not know how a
request came in or how it is answered: it reads the stored request and returns to it by address.
"""
