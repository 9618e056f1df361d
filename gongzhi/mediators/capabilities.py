from enum import StrEnum


class Can(StrEnum):
    VIEW = "mediators.view"  # the registry of bodies and mediators
    KEEP = "mediators.keep"  # enter and change them, training, filings
    JUDGE = "mediators.judge"  # look into complaints, look at a studio on site
    DECIDE = "mediators.decide"  # grades, studios, appeals
    SERVE = "mediators.serve"  # one's own page: days, what the directory shows, appeal, studio
