from enum import StrEnum


class Can(StrEnum):
    VIEW = "figures.view"
