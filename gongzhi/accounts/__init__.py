"""
The organisation and its people: units, users, postings, substitutions, sign-in. Makes the Actor.

Main words: User, Unit, Posting, Substitution, Session.
Never: what a role means for the city's work (config/roles/ says it), or a register of residents.
"""
