"""
The trail: every write and every view of personal data, append-only and sealed in hash-chained blocks.

Main words: Entry, Block, record, record_view, seal, verify_chain.
Never: changes or deletes what was written, or decides whether something is allowed.
"""
