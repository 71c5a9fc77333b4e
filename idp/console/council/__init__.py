"""The service owner's pages: what residents see of the council, tried before it is published.

Must not write what is published itself, nor know how it reaches pages and mails: `accounts.council`
does both. Only whoever may set up enters, freshly signed in where something is published.
"""
