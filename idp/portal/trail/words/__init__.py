"""Every reason for which a request is refused, in words, with what mends it.

`catalogue` is the door; the other modules hold the words by what the request was about. A new
reason gets its words here, or a test fails.
"""
