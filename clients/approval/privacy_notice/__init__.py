"""Whether a privacy notice can be read by anybody.

Asked through the guarded client when somebody presses the button, outside any transaction. Must not
judge what the notice says: people of the council do.
"""
