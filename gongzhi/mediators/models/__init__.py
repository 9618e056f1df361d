"""The registry: bodies with their filings, mediators with the record of their office, applications."""

from gongzhi.mediators.models.applications import Application
from gongzhi.mediators.models.bodies import Body, Filing
from gongzhi.mediators.models.mediators import Absence, Mediator
from gongzhi.mediators.models.records import Conduct, GradeStep, Training

__all__ = [
    "Absence",
    "Application",
    "Body",
    "Conduct",
    "Filing",
    "GradeStep",
    "Mediator",
    "Training",
]
