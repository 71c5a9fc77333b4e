"""What services answer to residents who asked them to erase what they have.

Owns the answers alone. Must not know how somebody is asked whom to ask, nor how an answer is shown.
"""
