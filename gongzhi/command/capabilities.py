from enum import StrEnum


class Can(StrEnum):
    VIEW = "command.view"
    ACKNOWLEDGE = "command.acknowledge"  # an alarm, for a duty desk
    COMPOSE = "command.compose"  # big screens of the own unit
