"""What an account's owner, and operators, see of the account itself.

Knows nothing of services or sharing: those pages are added to the menu by the provider.
"""
