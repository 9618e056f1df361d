"""
The dispute 矛盾纠纷 as a kind of matter: parties, consent of each side, rights notice, mediator, outcome; law-true clocks.

Main words: Dispute, Party 当事人, side 方, Consent 意愿, RightsNotice 权利义务告知书, Appointment 选定调解员, outcome, recusal 回避.
Never: a register of people: a party lives inside a matter, encrypted; nothing hinders the way to court or arbitration.
"""
