"""The same build for corpora that one machine's memory, or one machine, does not hold.

``shards``: extractions as Arrow rows, which every engine writes and reads.
"""
