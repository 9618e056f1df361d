"""
The streams: tiles and news pushed to open screens by server-sent events, from one process.

Main words: stream, event, hub, catch up.
Never: a query a viewer: every viewer gets the same published snapshot.
"""
