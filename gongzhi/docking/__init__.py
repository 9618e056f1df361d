"""
Docking with courts, arbitration and procuratorates: delegations both ways, judicial confirmation, the labour chain.

Main words: Delegation 委派, Commission 委托, panel 专职/律师/特邀, Confirmation 司法确认, message 对接报文.
Never: a step that must come before a suit; a court's decision made here.
"""
