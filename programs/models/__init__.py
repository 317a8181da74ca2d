from .figure import Figure, FigureValue
from .milestone import Milestone
from .pages import ProgramIndexPage, ProgramPage

__all__ = ["Figure", "FigureValue", "Milestone", "ProgramIndexPage", "ProgramPage"]
