"""What an account's owner, and operators, see of the account itself, and what its owner changes.

Knows nothing of services or sharing: those pages are added to the menu by the provider.
"""
