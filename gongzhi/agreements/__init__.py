"""
Agreements: obligations as data, checks, signatures, the moment of effect, performance and its proofs.

Main words: Agreement 调解协议, Obligation 义务条款, instalment 分期, signature 签署, effective 生效, Performance 履行.
Never: an agreement that takes away a right to sue, or one signed for somebody.
"""
