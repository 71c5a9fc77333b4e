"""The worker's jobs that went with a worker that was killed: done again, or given up at last.

Owns how long a job takes at most and how often one is begun. Must not know what any job does.
"""
