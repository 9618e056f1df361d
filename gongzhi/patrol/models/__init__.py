from gongzhi.patrol.models.calls import Appeal, Call
from gongzhi.patrol.models.plans import CheckList, Frequency, Line, Norm, Plan, PremisesClass
from gongzhi.patrol.models.samples import Sample, SampleItem
from gongzhi.patrol.models.work import Due, Finding, Shift, Task, Visit

__all__ = [
    "Appeal",
    "Call",
    "CheckList",
    "Due",
    "Finding",
    "Frequency",
    "Line",
    "Norm",
    "Plan",
    "PremisesClass",
    "Sample",
    "SampleItem",
    "Shift",
    "Task",
    "Visit",
]
