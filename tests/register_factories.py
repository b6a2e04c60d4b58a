"""Builders of rows of the register, of the words and of the directory, as ``tests/factories.py`` has them for the rest."""

from actors.models import Delegation, LocalBody, Referent, Subject
from levers.models import Lever, Objective, Policy, Term
from projects.models import Act, Discrepancy, Experiment, Feedback, Participant, Phase, Target, Twin
from tests import factories
from tests.factories import number, sourced


def make_subject(**fields) -> Subject:
    """Return a subject that somebody may want to speak about."""
    defaults = {"slug": f"sujet-{number()}", "label": "Soins", "expert": "Direction de l'offre de soins"}
    return Subject.objects.create(**sourced(defaults | fields))


def make_delegation(**fields) -> Delegation:
    """Return the delegation of a department."""
    departments = fields.pop("departments", None)
    departments = [factories.make_department()] if departments is None else departments
    agency = fields.pop("agency", None) or factories.make_agency()
    defaults = {"slug": f"delegation-{number()}", "agency": agency, "name": "Délégation"}
    delegation = Delegation.objects.create(**sourced(defaults | fields))
    delegation.departments.set(departments)
    return delegation


def make_referent(**fields) -> Referent:
    """Return a function of an agency, for all subjects."""
    agency = fields.pop("agency", None) or factories.make_agency()
    defaults = {"slug": f"referent-{number()}", "agency": agency, "function": "Mission innovation", "part": "door"}
    return Referent.objects.create(**sourced(defaults | fields))


def make_local_body(**fields) -> LocalBody:
    """Return a body that helps projects along everywhere in France."""
    regions = fields.pop("regions", [])
    defaults = {"slug": f"acteur-{number()}", "kind": LocalBody.Kind.CLUSTER, "name": "Un réseau"}
    body = LocalBody.objects.create(**sourced(defaults | fields))
    body.regions.set(regions)
    return body


def make_term(acronym: str = "", **fields) -> Term:
    """Return a word of the glossary."""
    one = number()
    defaults = {"slug": f"terme-{one}", "acronym": acronym or f"SG{one}", "meaning": "Sigle de test"}
    return Term.objects.create(**sourced(defaults | fields))


def make_policy(**fields) -> Policy:
    """Return a national strategy without dates."""
    defaults = {
        "slug": f"texte-{number()}",
        "title": "Stratégie",
        "kind": Policy.Kind.STRATEGY,
        "text": "Des priorités.",
    }
    return Policy.objects.create(**sourced(defaults | fields))


def make_objective(**fields) -> Objective:
    """Return an objective of a region's health project."""
    region = fields.pop("region", None) or factories.make_region()
    defaults = {"slug": f"objectif-{number()}", "region": region, "label": "Prévenir les chutes"}
    return Objective.objects.create(**sourced(defaults | fields))


def make_experiment(**fields) -> Experiment:
    """Return a published regional experiment without any date; links to many rows may be given as lists."""
    one = number()
    links = {name: fields.pop(name, []) for name in ("actor_types", "categories", "regions", "departments")}
    defaults = {
        "slug": f"experimentation-{one}",
        "title": f"Expérimentation {one}",
        "short_name": f"Expé {one}",
        "publication": Lever.Publication.PUBLISHED,
        "summary": "Une autre façon de soigner.",
        "text": "Elle essaie autre chose.",
        "reach": Experiment.Reach.REGIONAL,
    }
    experiment = Experiment.objects.create(**sourced(defaults | fields))
    for name, rows in links.items():
        getattr(experiment, name).set(rows)
    return experiment


def make_participant(experiment: Experiment | None = None, **fields) -> Participant:
    """Return the organisation that carries an experiment."""
    departments = fields.pop("departments", [])
    participant = _part(Participant, experiment, {"name": "Un hôpital", "role": Participant.Role.CARRIER} | fields)
    participant.departments.set(departments)
    return participant


def make_target(experiment: Experiment | None = None, **fields) -> Target:
    """Return a number aimed at: seventeen nursing homes."""
    return _part(Target, experiment, {"number": 17, "unit": "EHPAD"} | fields)


def make_phase(experiment: Experiment | None = None, **fields) -> Phase:
    """Return a phase of which nothing is known."""
    return _part(Phase, experiment, fields)


def make_act(experiment: Experiment | None = None, **fields) -> Act:
    """Return an act."""
    return _part(Act, experiment, {"title": "Arrêté d'autorisation"} | fields)


def make_discrepancy(experiment: Experiment | None = None, **fields) -> Discrepancy:
    """Return something that the sources contradict."""
    return _part(Discrepancy, experiment, {"said": "Douze mois, ou quinze.", "kept": "Douze mois."} | fields)


def make_twin(experiment: Experiment | None = None, **fields) -> Twin:
    """Return a comparable experiment of the register."""
    other = {} if "name" in fields or "other" in fields else {"other": make_experiment()}
    return _part(Twin, experiment, {"reason": "Le même modèle de soins."} | other | fields)


def make_feedback(**fields) -> Feedback:
    """Return an account of an experiment."""
    links = {name: fields.pop(name, []) for name in ("experiments", "levers")}
    defaults = {"slug": f"retour-{number()}", "title": "Bilan", "kind": Feedback.Kind.ACCOUNT, "text": "On a appris."}
    feedback = Feedback.objects.create(**sourced(defaults | fields))
    for name, rows in links.items():
        getattr(feedback, name).set(rows)
    return feedback


def _part(model: type, experiment: Experiment | None, fields: dict):
    one = number()
    defaults = {"experiment": experiment or make_experiment(), "key": f"cle-{one}", "position": one % 30_000}
    return model.objects.create(**sourced(defaults | fields))
