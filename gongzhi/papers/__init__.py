"""
Papers that go out: one content, written as PDF, Word and Excel.

Main words: Paper 文书, Heading, Paragraph, Table, house style 版式.
Never: knows what a paper is about, keeps one, or relies on the fonts of the machine it runs on.
"""
