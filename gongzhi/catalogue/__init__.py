"""
What a city counts as a problem, when it is solved, how fast, and whose work it is.

Main words: Item (部件/事件), Standard (立案条件, 结案条件, 处置时限), Responsibility (权责清单), NoReport, Question.
Never: a matter, a person who reports or handles; a rule that an old matter was not opened under.
"""
