from enum import StrEnum


class Can(StrEnum):
    VIEW = "centres.view"
    TAKE_IN = "centres.take_in"  # the counter: queue, intake, triage
    KEEP = "centres.keep"  # rooms, counters, partners, rota, self-check
    ANSWER = "centres.answer"  # a partner's unit answers a summons
    LEDGER = "centres.ledger"  # the ledger of major disputes
    PLAN_SWEEP = "centres.plan_sweep"
    SWEEP = "centres.sweep"  # a unit does its part of a campaign
    HAND_OVER = "centres.hand_over"  # 110, 12345 and other offices hand disputes over
