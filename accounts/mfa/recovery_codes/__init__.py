"""Ten codes to keep in a safe place, each good for one second step.

Only beside another second step, and never enough to change who gets in. Must not know sign-in.
"""
