"""What partners see of protocol data: on pages of their organisation, by application.

Owns pages only; what they show is written elsewhere. Must not know the console.
"""
