"""What can be granted in this module."""


class Can:
    ORGANISE = "accounts.organise"  # the unit tree
    EMPLOY = "accounts.employ"  # people and their postings
    APPROVE_SUBSTITUTION = "accounts.approve_substitution"
    SECURE = "accounts.secure"  # lock-outs, sessions, second factors
