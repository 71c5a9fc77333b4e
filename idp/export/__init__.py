"""What the provider adds to the copy of everything held about an account: services and sharing.

Owns which rows those are, and that services that are kept out of sight stay out unless their owner
wants them in. Must not know how a copy is asked for, prepared or handed over.
"""
