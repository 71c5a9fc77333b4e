"""An application's stream: how it wants to be told, what of, and whether it does at the moment.

Owns every change of a stream, and who was taken out of it. Must not know what a request looks like.
"""
