"""Which tables of the register hold content: a change in one of them makes kept pages and indexes stale."""

from apist.engines import Watched, setter

OF_AN_EXPERIMENT = "{row}.experiment_id"
OF_A_PARTICIPANT = "(SELECT experiment_id FROM projects_participant WHERE id = {row}.participant_id)"

PARTS = ("participant", "target", "phase", "act", "discrepancy", "twin")
LINKS = ("actor_types", "categories", "regions", "departments")

WATCHED = (
    Watched("projects_experiment", "experiment", "{row}.id"),
    *(Watched(f"projects_{name}", "experiment", OF_AN_EXPERIMENT) for name in PARTS),
    *(Watched(f"projects_experiment_{name}", "experiment", OF_AN_EXPERIMENT) for name in LINKS),
    Watched("projects_participant_departments", "experiment", OF_A_PARTICIPANT),
    *(Watched(f"projects_feedback{link}", "feedback") for link in ("", "_experiments", "_levers")),
)

watch = setter(WATCHED)
"""A migration's last step, when it changes one of these tables."""
