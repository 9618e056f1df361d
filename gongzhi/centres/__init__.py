"""
The one-stop centre 综治中心: rooms, desks, partners and their presence, one intake, queue, triage, ledgers, campaigns.

Main words: Centre, Room, Partner 进驻单位, presence 常驻/轮驻/随驻/云进驻, Intake 登记, Ticket 取号, triage 分流, Ledger 台账, Campaign 排查行动.
Never: a list of people who come often; a counter that sends anybody away from a court.
"""
