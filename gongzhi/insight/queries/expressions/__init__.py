"""
Every analysis as an Ibis expression: a function from tables to a table, run by DuckDB here and by Spark on a province's lake.

Nothing in this folder touches a database, a file or a clock.
"""
