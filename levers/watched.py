"""Which tables hold content: a change in one of them makes kept pages and indexes stale.

Rows of a lever, or of a call, stamp it alone; rows that they share stamp them all.
"""

from apist.engines import Watched, setter

OF_A_LEVER = "{row}.lever_id"
OF_A_CRITERION = "(SELECT lever_id FROM levers_criterion WHERE id = {row}.criterion_id)"
OF_A_PATH = "(SELECT lever_id FROM levers_path WHERE id = {row}.path_id)"

OF_A_CALL = "{row}.call_id"

PARTS = ("role", "step", "amount", "funding", "example", "reference", "deposit", "relation", "window", "criterion")
CALL_PARTS = ("event", "amount", "criterion", "piece", "document", "relation")
DIRECTORY = ("subject", "delegation", "delegation_departments", "referent", "localbody", "localbody_regions")

WATCHED = (
    *(Watched(f"actors_{name}", "shared") for name in ("source", "region", "department", "actortype", "agency")),
    *(Watched(f"actors_{name}", "directory") for name in DIRECTORY),
    *(Watched(f"levers_{name}", name) for name in ("term", "policy", "objective")),
    Watched("levers_category", "shared"),
    Watched("levers_synonym", "synonyms"),
    Watched("levers_threshold", "threshold"),
    Watched("levers_lever", "lever", "{row}.id"),
    *(Watched(f"levers_{name}", "lever", OF_A_LEVER) for name in (*PARTS, "path")),
    *(Watched(f"levers_lever_{name}", "lever", OF_A_LEVER) for name in ("categories", "regions")),
    Watched("levers_condition", "lever", OF_A_CRITERION),
    Watched("levers_path_actor_types", "lever", OF_A_PATH),
    Watched("levers_call", "call", "{row}.id"),
    *(Watched(f"levers_call{name}", "call", OF_A_CALL) for name in CALL_PARTS),
    *(Watched(f"levers_call_{name}", "call", OF_A_CALL) for name in ("levers", "categories", "actor_types", "regions")),
)

watch = setter(WATCHED)
"""A migration's last step: the last one that changes these tables."""
