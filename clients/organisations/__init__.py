"""Partner organisations: who runs the services.

Owns creating, suspending and reinstating them. Knows nothing of their applications, whose end with
a suspended organisation is the provider's business.
"""
