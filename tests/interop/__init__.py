"""Client libraries that others wrote complete the flow against the running provider.

Each is first shown to be a real judge: it refuses tokens that a proxy between it and the provider
has changed, so that its acceptance of the provider's own says something.
"""
