"""
The wiring: settings, roles, kinds, reactions, schedule, urls, the command line. Read this first.

Main words: ROLES, REACTIONS, KINDS, SCHEDULE.
Never: a rule of the city's work.
"""
