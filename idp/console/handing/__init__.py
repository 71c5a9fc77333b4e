"""What staff hand over at a counter or have posted: security keys of ours, and sheets of codes.

Must not add a way to sign in, which only its owner does, nor see a code: letters are never opened.
"""
