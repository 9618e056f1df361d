"""
Money for mediation: allowances by the dispute, and services that a government buys.

Main words: Allowance 以案定补, RuleSet 补贴标准, publicity 公示, Objection 异议, Batch 发放批次, Contract 购买服务合同, Statement 结算单.
Never: a payment by a party; a list of who earns how much; a dispute paid twice.
"""
