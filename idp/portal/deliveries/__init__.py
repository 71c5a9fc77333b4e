"""What an application was told of sign-outs and events, whether it arrived, and sending it again.

Owns the pages alone. Must not show whom a message was about.
"""
