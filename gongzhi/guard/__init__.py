"""
Keeps the doors for residents usable: limits how often a device or an address may ask, a check for people, blocks that end.

Main words: Block 封禁, Suspicion 可疑, challenge 人机验证, appeal 申诉, picture likeness 相似图片.
Never: a profile of a visitor; it knows keyed hashes of a device cookie or an address, and forgets them.
"""
