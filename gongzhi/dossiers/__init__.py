"""
Papers and the file of a dispute: every form filled from one set of answers, the complete 卷宗, its score.

Main words: paper 文书, Dossier 卷宗, contents 目录, completeness 完整性, file score 卷宗评分.
Never: a paper with an answer typed twice, or a file page that was not in the matter.
"""
