"""The demo services against a provider in this process that can be told to misbehave."""
