"""Builders of rows for tests: plain functions with obvious defaults; say what matters to the test, no more.

Every builder gives a row that is valid, saved and unlike the others of its kind.
A lever is published, in force and undecided: it has no criterion until the test adds one.
"""

from datetime import date, time
from decimal import Decimal
from itertools import count

from django.contrib.auth.models import Permission

from actors.models import ActorType, Agency, Audience, Department, Region, Source, User
from apist.accounts import enrol_totp, vouch_for
from levers.models import (
    Amount,
    Call,
    CallAmount,
    CallCriterion,
    CallDocument,
    CallEvent,
    CallPiece,
    CallRelation,
    Category,
    Condition,
    Criterion,
    Deposit,
    Example,
    Funding,
    Lever,
    Path,
    Reference,
    Relation,
    Role,
    Step,
    Synonym,
    Threshold,
    Window,
)

PASSWORD = "mot-de-passe-de-test"
VERIFIED = date(2026, 1, 15)
REVIEW_DUE = date(2099, 1, 15)

_numbers = count(1)


def number() -> int:
    """Return a number that no other row of the test has."""
    return next(_numbers)


def sourced(fields: dict) -> dict:
    """Complete what every row says of its source; one shared source unless the test gives another."""
    checked = {"locator": "page 1", "verified_on": VERIFIED, "review_due": REVIEW_DUE}
    if "source" not in fields:
        checked["source"] = Source.objects.filter(slug="source-de-test").first() or make_source(slug="source-de-test")
    return checked | fields


def make_source(**fields) -> Source:
    """Return a document that facts can be read in."""
    number = next(_numbers)
    defaults = {
        "slug": f"source-{number}",
        "title": f"Source {number}",
        "kind": Source.Kind.OFFICIAL,
        "reliability": Source.Reliability.PRIMARY,
        "verified_on": VERIFIED,
        "review_due": REVIEW_DUE,
    }
    return Source.objects.create(**defaults | fields)


def make_region(**fields) -> Region:
    """Return Guadeloupe (``01``) unless told otherwise; asking twice for a code gives the same row."""
    fields = {"code": "01", "name": f"Région {fields.get('code', '01')}"} | fields
    return Region.objects.filter(code=fields["code"]).first() or Region.objects.create(**sourced(fields))


def make_department(**fields) -> Department:
    """Return the department 971 of Guadeloupe unless told otherwise."""
    fields = {"code": "971", "name": f"Département {fields.get('code', '971')}"} | fields
    return Department.objects.create(**sourced({"region": fields.pop("region", None) or make_region(), **fields}))


def make_agency(**fields) -> Agency:
    """Return the agency of a region, Guadeloupe's unless told otherwise."""
    region = fields.pop("region", None) or make_region()
    defaults = {"code": f"ARS-{region.code}", "region": region, "name": f"ARS {region.name}"}
    return Agency.objects.create(**sourced(defaults | fields))


def make_actor_type(slug: str = "ehpad", **fields) -> ActorType:
    """Return a kind of actor of the contract; asking twice for a slug gives the same row."""
    defaults = {"label": slug, "audience": Audience.HEALTH_ACTOR, "position": next(_numbers)}
    known = ActorType.objects.filter(slug=slug).first()
    return known or ActorType.objects.create(slug=slug, **sourced(defaults | fields))


def make_category(**fields) -> Category:
    """Return a value of a facet, an innovation field unless told otherwise."""
    number = next(_numbers)
    defaults = {"kind": Category.Kind.INNOVATION_FIELD, "slug": f"champ-{number}", "label": f"Champ {number}"}
    return Category.objects.create(**defaults | fields)


def make_lever(**fields) -> Lever:
    """Return a published lever without any part; ``categories`` and ``regions`` may be given as lists."""
    number = next(_numbers)
    categories, regions = fields.pop("categories", []), fields.pop("regions", [])
    defaults = {
        "slug": f"levier-{number}",
        "title": f"Levier {number}",
        "short_name": f"Levier {number}",
        "publication": Lever.Publication.PUBLISHED,
        "position": min(number, 30_000),
        "summary": "Une aide pour un projet de santé.",
        "objective": "Aider un projet.",
        "recipients": "Les acteurs de santé.",
        "description": "Il paie le projet.",
        "calendar": "Toute l'année.",
        "contact": "L'agence régionale de santé.",
        "nature": Lever.Nature.SUBSIDY,
        "decision_level": Lever.DecisionLevel.AGENCY,
    }
    lever = Lever.objects.create(**sourced(defaults | fields))
    lever.categories.set(categories)
    lever.regions.set(regions)
    return lever


def make_criterion(lever: Lever, **fields) -> Criterion:
    """Return a blocking criterion on the project: it must answer a public interest."""
    tested = {"fact": "public_interest", "operator": "is", "values": [True]}
    defaults = {"about": Criterion.About.PROJECT, "label": "Le projet sert l'intérêt général"} | tested
    return _make_part(Criterion, lever, defaults | fields)


def make_condition(criterion: Criterion, **fields) -> Condition:
    """Return a condition under which a criterion applies: the actor is an EHPAD."""
    defaults = {"fact": "actor_type", "operator": "in", "values": ["ehpad"]}
    return Condition.objects.create(criterion=criterion, **defaults | fields)


def make_path(criterion: Criterion, **fields) -> Path:
    """Return a way around an actor criterion, open to all unless ``actor_types`` is given."""
    actor_types = fields.pop("actor_types", [])
    path = _make_part(Path, criterion.lever, {"criterion": criterion, "text": "Participez sous un porteur."} | fields)
    path.actor_types.set(actor_types)
    return path


def make_window(lever: Lever, **fields) -> Window:
    """Return a window open all year round since 2020."""
    defaults = {"label": "Toute l'année", "kind": Window.Kind.PERMANENT, "opens_on": date(2020, 1, 1)}
    return _make_part(Window, lever, defaults | fields)


def make_role(lever: Lever, **fields) -> Role:
    """Return a role: health actors carry the project."""
    defaults = {"audience": Audience.HEALTH_ACTOR, "part": Role.Part.CARRIER, "text": "Vous portez le projet."}
    return _make_part(Role, lever, defaults | fields)


def make_deposit(lever: Lever, **fields) -> Deposit:
    """Return a place of deposit outside the portal."""
    return _make_part(Deposit, lever, {"title": "Guichet", "text": "Écrivez au guichet."} | fields)


def make_step(lever: Lever, **fields) -> Step:
    """Return a step of the procedure."""
    return _make_part(Step, lever, {"title": "Dépôt", "text": "Déposez.", "actor": "Le porteur"} | fields)


def make_amount(lever: Lever, **fields) -> Amount:
    """Return an amount without figures."""
    return _make_part(Amount, lever, {"label": "Aide"} | fields)


def make_funding(lever: Lever, **fields) -> Funding:
    """Return who pays which expense."""
    return _make_part(Funding, lever, {"expense": "Ingénierie", "scale": "Régionale", "payer": "L'agence"} | fields)


def make_example(lever: Lever, **fields) -> Example:
    """Return an example of a project."""
    return _make_part(Example, lever, {"title": "Un projet", "text": "Il a réussi."} | fields)


def make_reference(lever: Lever, **fields) -> Reference:
    """Return a text on which the lever rests."""
    return _make_part(Reference, lever, {"kind": Reference.Kind.LAW, "title": "Une loi"} | fields)


def make_relation(lever: Lever, other: Lever, **fields) -> Relation:
    """Return a link between two levers: the first can follow the second."""
    return _make_part(Relation, lever, {"other": other, "kind": Relation.Kind.FOLLOWS, "reason": "Logique."} | fields)


def _make_part(model: type, lever: Lever, fields: dict):
    number = next(_numbers)
    return model.objects.create(lever=lever, **sourced({"key": f"cle-{number}", "position": number % 30_000} | fields))


def make_call(**fields) -> Call:
    """Return a published call for projects of an agency, without any date, asked of everybody everywhere.

    ``events`` are pairs of a kind and a day, or triples with an hour (« 2026-03-15 », « 12:00 »);
    links to many rows may be given as lists.
    """
    number = next(_numbers)
    events = fields.pop("events", [])
    links = {name: fields.pop(name, []) for name in ("levers", "categories", "actor_types", "regions")}
    defaults = {
        "slug": f"appel-{number}",
        "title": f"Appel {number}",
        "publication": Lever.Publication.PUBLISHED,
        "kind": Call.Kind.PROJECTS,
        "organiser": Call.Organiser.AGENCY,
        "organiser_name": "Agence régionale de santé",
        "summary": "Un appel pour un projet de santé.",
        "text": "Il cherche des projets.",
        "applicants": "Tout acteur de santé.",
    }
    call = Call.objects.create(**sourced(defaults | fields))
    for name, rows in links.items():
        getattr(call, name).set(rows)
    for event in events:
        make_event(call, *event)
    return call


def make_event(call: Call, kind: str, day: str, hour: str = "", **fields) -> CallEvent:
    """Return a date of a call, for the whole day unless an hour is given."""
    moment = {"kind": kind, "day": date.fromisoformat(day), "hour": time.fromisoformat(hour) if hour else None}
    return _make_call_part(CallEvent, call, moment | fields)


def make_call_amount(call: Call, **fields) -> CallAmount:
    """Return an amount of a call without figures."""
    return _make_call_part(CallAmount, call, {"label": "Aide"} | fields)


def make_call_criterion(call: Call, **fields) -> CallCriterion:
    """Return a criterion that counts for half."""
    return _make_call_part(CallCriterion, call, {"label": "Faisabilité", "weight": 50} | fields)


def make_call_piece(call: Call, **fields) -> CallPiece:
    """Return a piece to hand in."""
    return _make_call_part(CallPiece, call, {"label": "Budget"} | fields)


def make_call_document(call: Call, **fields) -> CallDocument:
    """Return the specifications of a call."""
    return _make_call_part(CallDocument, call, {"title": "Cahier des charges"} | fields)


def make_call_relation(call: Call, other: Call, **fields) -> CallRelation:
    """Return a link between two calls: the first led to the second."""
    return _make_call_part(CallRelation, call, {"other": other, "kind": CallRelation.Kind.LED_TO} | fields)


def _make_call_part(model: type, call: Call, fields: dict):
    number = next(_numbers)
    return model.objects.create(call=call, **sourced({"key": f"cle-{number}", "position": number % 30_000} | fields))


def make_synonym(*expressions: str, **fields) -> Synonym:
    """Return a group of synonyms of these expressions, « jeune pousse » and « start-up » unless told otherwise."""
    lines = "\n".join(expressions or ("jeune pousse", "start-up"))
    defaults = {"slug": f"groupe-{next(_numbers)}", "expressions": lines, "note": "On cherche l'un, on écrit l'autre."}
    return Synonym.objects.create(**defaults | fields)


def make_threshold(**fields) -> Threshold:
    """Return a threshold of 2026 for everybody, without end: free below 60,000 € of supplies or services."""
    defaults = {
        "slug": f"seuil-{next(_numbers)}",
        "key": Threshold.Key.FREE,
        "category": Threshold.Purchases.SUPPLIES_SERVICES,
        "value": Decimal(60_000),
        "valid_from": date(2026, 4, 1),
    }
    return Threshold.objects.create(**sourced(defaults | fields))


def make_user(email: str = "", *, password: str = PASSWORD, **fields) -> User:
    """Return a person who can sign in with :data:`PASSWORD`; staff have a second factor unless told otherwise."""
    second_factor = fields.pop("second_factor", fields.get("is_staff", False))
    user = User.objects.create_user(email or f"personne-{next(_numbers)}@exemple.invalid", password, **fields)
    vouch_for(user)
    if second_factor:
        enrol_totp(user)
    return user


def permission(name: str) -> Permission:
    """Return a right by its code name, to give to somebody who has no other."""
    return Permission.objects.get(codename=name)
