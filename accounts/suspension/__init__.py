"""Stopping an account: ending all it is signed in to, suspending it and reinstating it.

Knows nothing of why, nor of tokens: whoever holds such ends them when news of this arrives.
"""
