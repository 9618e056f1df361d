"""
The grid matter 事件: a thing or a place that is not as it should be, from report to rating.

Main words: Incident, verify 核实, register 立案, dispatch 派遣, handle 处置, check 核查, close 结案.
Never: a report about a named person; the form refuses it and names the lawful route.
"""
