"""
Tables that people send (CSV in UTF-8, with BOM or GB18030; XLSX) and those they take away.

Cells are text. A cell that begins like a formula stays text, on the way in and on the way out.
"""
