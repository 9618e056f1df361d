"""
What the public may read of the register: words a person has approved, photos with faces and plates made unreadable.

Main words: Publication 公示, moderate 审核, PublicPhoto 公示照片, blur 打码, withdraw 撤下, open data 开放数据.
Never: a reporter, a name, an exact home; nothing is shown before somebody has looked at it; the detector recognises nobody.
"""
