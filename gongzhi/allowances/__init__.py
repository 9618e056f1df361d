"""
Money for mediating: case allowances by published rules, publicity, objection, payment; purchased services.

Main words: AllowanceRule 以案定补标准, Allowance 补贴, publicity 公示, PaymentBatch 发放批次, Contract 购买服务合同, budget.
Never: a fee from a party; a second payment for one dispute.
"""
