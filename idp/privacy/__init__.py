"""What residents see of their services: which they share with, since when, what; and stopping it.

Reads agreements and ends them, and keeps out of sight what must not be seen there; knows nothing of
how agreements come about or of requests.
"""
