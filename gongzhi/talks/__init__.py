"""
What is said between the sides: attempts to reach a respondent, sessions, private rooms, offers, undisputed facts, safety.

Main words: Attempt 联系记录, Session 调解会议, room 背对背/面对面, Offer 方案, UndisputedFact 无争议事实, SafetyPlan 安全预案.
Never: an offer or a concession used as evidence; a caucus note anybody but the mediator reads.
"""
