"""
Clocks: working calendars, time rules and the running clocks of whatever must be answered in time.

Main words: Limit, Calendar, Deadline, TimeRule, RunningClock, pause, exclusion, extension.
Never: guesses a year whose holidays nobody has announced, or judges a person: a clock binds an office.
"""
