"""
Who is on duty and what they tell each other: rosters, hand-overs, bulletins, instructions, the contact book.

Main words: Roster 值班表, Handover 交接班, Bulletin 通知, Instruction 指令, receipt 签收, feedback 反馈, Contact 通讯录.
Never: where somebody is: a roster says who answers, not where they go.
"""
