"""What curators decide about the register: the only door to publication.

The admin calls these functions and shows their refusals. A refusal is a ``ValidationError`` in words
for a curator.
"""

from django.core.exceptions import ValidationError

from levers.models import Lever
from projects.models import Experiment, Publication


def publish_experiment(experiment: Experiment, *, agreed: bool = False) -> None:
    """Show an experiment to the public; refused while a reader could not use it.

    An entry that comes from a dossier is published from that dossier alone, where its carrier agreed (``agreed``).

    A reader must learn whom to ask, hence one organisation at least (sources do not always name who carries
    it), and where it takes place unless it is national; a call by which one joins must be public too.
    Publishing again what is published changes nothing.
    """
    if not agreed and Publication.objects.filter(experiment=experiment).exists():
        raise ValidationError(f"« {experiment.short_name} » vient d'un dossier : publiez-la depuis sa page.")
    missing = []
    if not experiment.participants.exists():
        missing.append("un organisme à qui s'adresser : le porteur, s'il est connu")
    if experiment.reach != Experiment.Reach.NATIONAL and not experiment.regions.exists():
        missing.append("une région")
    if experiment.join_call_id and experiment.join_call.publication != Lever.Publication.PUBLISHED:
        missing.append("la publication de l'appel par lequel on la rejoint")
    if missing:
        name = experiment.short_name
        raise ValidationError(f"« {name} » ne peut pas être publiée. Il manque : {' ; '.join(missing)}.")
    _set_publication(experiment, Lever.Publication.PUBLISHED)


def unpublish_experiment(experiment: Experiment) -> None:
    """Hide an experiment from the public; always possible."""
    _set_publication(experiment, Lever.Publication.DRAFT)


def _set_publication(experiment: Experiment, publication: str) -> None:
    if experiment.publication != publication:
        experiment.publication = publication
        experiment.save(update_fields=["publication"])
