"""
The heart. Owns the register of matters: number, lifecycle, owner, clock, timeline, file, links.

Main words: Matter, Entry, Kind, move, owing unit, Ask, Attachment, Link, Reporter.
Never: what a matter is about; each kind (incident, dispute, petition …) says that in a module above.
"""
