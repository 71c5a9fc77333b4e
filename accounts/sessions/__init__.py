"""Who is signed in where: sessions start, last and end here, and nowhere else.

Owns the session cookie, the middleware that reads it, and the access decorators of views. Must not
know how somebody proved who they are beyond the method's name, nor which services they reach.
"""
