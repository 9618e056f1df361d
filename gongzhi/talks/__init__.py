"""
What is said between the sides: attempts to reach a respondent, sittings, shared and private rooms, offers, undisputed facts, safety.

Main words: Attempt 联系记录, Invitation 邀请（答复链接）, Sitting 调解会, Minutes 笔录, Room 面对面/背对背, Offer 方案, UndisputedFact 无争议事实, SafetyPlan 安全预案.
Never: an offer or a concession used as evidence; a caucus note anybody but its mediator reads; a mark on a person.
"""
