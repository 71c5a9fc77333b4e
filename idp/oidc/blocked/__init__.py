"""The page for whoever comes from a service that they have blocked: unblock it, or go back.

A step of the authorization endpoint. Must not tell the service why its resident came back: it gets
what it gets of somebody who does not share.
"""
