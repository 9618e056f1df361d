from enum import StrEnum


class Can(StrEnum):
    VIEW = "learning.view"  # forecasts, how good suggestions are, the daily brief
    TRAIN = "learning.train"  # ask for a new training, go back to an earlier version
