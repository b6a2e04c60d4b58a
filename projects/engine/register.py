"""What the public register says of a dossier's dates and outcome: written with the move that changes them.

Nobody types them in the register: an entry that comes from a dossier follows it, in the same transaction.
"""

from collections.abc import Mapping

from projects.models import Dossier, Experiment, Phase, Publication
from projects.procedures.public import dated_phases, first_inclusion
from projects.procedures.vocabulary import Value


def follow_register(dossier: Dossier, values: Mapping[str, Value]) -> None:
    """Bring the public entry of a dossier up to date, where it has one (one query where it has none)."""
    publication = Publication.objects.select_related("experiment").filter(dossier=dossier).first()
    if publication is not None:
        write_dates(publication.experiment, dossier, values)


def write_dates(experiment: Experiment, dossier: Dossier, values: Mapping[str, Value]) -> None:
    """Write the outcome of the stage, the first inclusion and the phases, as the procedure says where they are."""
    entry = dossier.procedure.public
    outcome = dossier.stage_now.public_outcome or experiment.outcome
    inclusion = first_inclusion(entry, values) or experiment.first_inclusion_on
    if (outcome, inclusion) != (experiment.outcome, experiment.first_inclusion_on):
        experiment.outcome, experiment.first_inclusion_on = outcome, inclusion
        experiment.save(update_fields=["outcome", "first_inclusion_on"])
    for position, phase in enumerate(dated_phases(entry, values)):
        defaults = {name: getattr(experiment, name) for name in ("source", "verified_on", "review_due")}
        defaults |= {name: getattr(phase, name) for name in ("kind", "start", "starts_on", "months", "ends_on")}
        defaults["position"] = position
        Phase.objects.update_or_create(experiment=experiment, key=phase.key, defaults=defaults)
