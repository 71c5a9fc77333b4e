"""Every page and mail in a language made of the English texts, accented and two fifths longer.

`tour/` brings people to every page, as the test client goes; `taking.py` keeps what they saw. What
is left in plain English there was never marked for translation; Chromium then shows each page on a
small screen and with large text.
"""
