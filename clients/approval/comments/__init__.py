"""What both sides say about a submission, and how much of it there is room for.

Must not know the pages, nor what becomes of the submission.
"""
