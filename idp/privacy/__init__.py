"""What residents see of their services: which they share with, since when, what; and stopping it.

Reads agreements and ends them; knows nothing of how they come about or of requests.
"""
