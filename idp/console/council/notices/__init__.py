"""The service owner publishes notices about the service, and takes them down.

Must not know where they are shown, nor write them: `accounts.council.service_notices` does.
"""
