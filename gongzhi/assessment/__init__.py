"""
How well offices answer: rates by definition, schemes as versioned data, published results, appeals, rankings and bulletins.

Main words: rate 指标, Scheme 考核方案, Publication 考核公布, score 得分, Appeal 申诉, bulletin 通报.
Never: a score of a person, or a point for volume alone.
"""
