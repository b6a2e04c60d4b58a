"""What the public register says of a dossier's dates and outcome: written with the move that changes them.

Nobody types them in the register: an entry that comes from a dossier follows it, in the same transaction.
"""

from collections.abc import Mapping
from datetime import date

from projects.models import Dossier, Experiment, Phase, Publication
from projects.procedures.public import PublicEntry, PublicPhase
from projects.procedures.vocabulary import Value


def follow_register(dossier: Dossier, values: Mapping[str, Value]) -> None:
    """Bring the public entry of a dossier up to date, where it has one (one query where it has none)."""
    publication = Publication.objects.select_related("experiment").filter(dossier=dossier).first()
    if publication is not None:
        write_dates(publication.experiment, dossier, values)


def write_dates(experiment: Experiment, dossier: Dossier, values: Mapping[str, Value]) -> None:
    """Write the outcome of the stage, the first inclusion and the phases, as the procedure says where they are."""
    entry: PublicEntry = dossier.procedure.public
    outcome = dossier.stage_now.public_outcome or experiment.outcome
    first = values.get(entry.first_inclusion)
    inclusion = first if isinstance(first, date) else experiment.first_inclusion_on
    if (outcome, inclusion) != (experiment.outcome, experiment.first_inclusion_on):
        experiment.outcome, experiment.first_inclusion_on = outcome, inclusion
        experiment.save(update_fields=["outcome", "first_inclusion_on"])
    for position, phase in enumerate(entry.phases):
        if fields := _dated(phase, values):
            defaults = fields | {"kind": phase.kind, "start": phase.start, "position": position}
            defaults |= {name: getattr(experiment, name) for name in ("source", "verified_on", "review_due")}
            Phase.objects.update_or_create(experiment=experiment, key=phase.key, defaults=defaults)


def _dated(phase: PublicPhase, values: Mapping[str, Value]) -> dict[str, date | int]:
    """Return what is known of a phase; nothing where nothing that dates it was recorded."""
    names = {"starts_on": phase.starts_on, "months": phase.months, "ends_on": phase.ends_on}
    found = {field: values[name] for field, name in names.items() if name and values.get(name) is not None}
    return {} if phase.starts_on and "starts_on" not in found else found
