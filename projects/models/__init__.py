"""The nouns of ``projects``, importable from one place."""

from projects.models.experiment import ROLES, Experiment, ExperimentPart
from projects.models.experiment_parts import Act, Discrepancy, Participant, Phase, Target, Twin
from projects.models.feedback import Feedback

__all__ = [
    "ROLES",
    "Act",
    "Discrepancy",
    "Experiment",
    "ExperimentPart",
    "Feedback",
    "Participant",
    "Phase",
    "Target",
    "Twin",
]
