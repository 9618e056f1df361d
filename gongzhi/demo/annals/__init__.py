"""
The long history of a whole city, made by columns instead of by lives: millions of settled matters.

Reading order: timetable (when), ground (where, what, who), courses (what became of it), rows (tables as COPY takes
them), ledger (what is done already), city (all of it).
"""
