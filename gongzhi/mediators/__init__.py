"""
Who mediates: committees, studios, rooms and chambers, and the mediators in them, with terms, training, conduct and availability.

Main words: Body 调解组织, committee 调解委员会, studio 个人调解工作室, Mediator 调解员, roster 名册, training 培训, conduct 履职记录.
Never: a party of a dispute; a mark on anybody who is not a mediator by their own office.
"""
