"""A form that came too late: what was typed is kept until its owner has signed in again.

Owns the kept forms and the way back to their pages. Must not know any form's fields: what is never
kept is known by its name.

It comes back to the same account in the same browser, on the page and for the sign-in that it led
to, and only shown: nothing is sent by it. What no seal can tell is who sat there when it was sent:
of a session that ran out, the cookie is all that is left, and it is the same for its owner and for
whoever comes to a computer that was left open. So the page says when it was typed, and asks whoever
did not type it to change it. A session that was ended on purpose keeps nothing.
"""
