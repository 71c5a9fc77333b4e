"""Whether a privacy notice can be read by anybody.

Asked through the guarded client when somebody presses the button, outside any transaction; where a
site refuses programs, somebody of the council reads it in a browser, which an operator notes.
Must not judge what the notice says: people of the council do.
"""
