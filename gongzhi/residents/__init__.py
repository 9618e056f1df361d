"""
A resident's own corner: sign-in by phone code, my reports, what I follow, alerts for my streets, my data.

Main words: Resident 居民账户, SignInCode 验证码, Follow 关注, StreetAlert 街道提醒.
Never: a register of the population; an account exists because its owner made it, and goes when they delete it.
"""
