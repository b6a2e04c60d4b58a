"""Builders of organisations, administrations and the people in them, as ``tests/factories.py`` has them for the rest.

Every number is invented and valid: it has the right length and the right key.
"""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from stdnum import luhn

from actors.models import Body, Membership, Organisation, OrganisationInvitation, Post, User
from tests import factories
from tests.factories import number

BEGUN = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When organisations, memberships and invitations of tests begin, unless told otherwise."""

IN_POST_SINCE = date(2020, 1, 1)


def invented_siret(rank: int) -> str:
    """Return a SIRET that no other rank has: its SIREN and its whole pass the key of INSEE."""
    siren = f"9{rank:07d}"
    siren += luhn.calc_check_digit(siren)
    return f"{siren}0001" + luhn.calc_check_digit(f"{siren}0001")


def invented_rpps(rank: int) -> str:
    """Return an RPPS number that no other rank has."""
    start = f"109{rank:07d}"
    return start + luhn.calc_check_digit(start)


def make_organisation(*members: User, **fields) -> Organisation:
    """Return an EHPAD of Guadeloupe, private and not for profit; ``members`` manage it and may deposit.

    Given the status of a person alone, it has an RPPS number in place of a SIRET.
    """
    rank = number()
    alone = fields.get("status") == Organisation.Status.PERSON
    region = fields.pop("region", None) or factories.make_region()
    defaults = {
        "name": f"Organisme {rank}",
        "actor_type": fields.pop("actor_type", None) or factories.make_actor_type("ehpad"),
        "status": Organisation.Status.NON_PROFIT,
        "region": region,
        "siret": "" if alone else invented_siret(rank),
        "rpps": invented_rpps(rank) if alone else "",
        "signatory_name": "Sacha Signataire",
        "signatory_function": "Direction",
        "created_at": BEGUN,
    }
    organisation = Organisation.objects.create(**defaults | fields)
    for user in members:
        make_membership(organisation, user)
    return organisation


def make_membership(organisation: Organisation | None = None, user: User | None = None, **fields) -> Membership:
    """Return a member with every right: manages the others and may deposit; say ``may_…=False`` to take one away."""
    defaults = {
        "organisation": organisation or make_organisation(),
        "user": user or factories.make_user(),
        "may_manage": True,
        "may_deposit": True,
        "mandate": "Représentation légale",
        "since": BEGUN,
    }
    return Membership.objects.create(**defaults | fields)


def make_invitation(
    organisation: Organisation, email: str = "", *, token: str = "", **fields
) -> OrganisationInvitation:
    """Return an invitation sent at :data:`BEGUN`, without any right, whose link holds ``token``."""
    rank = number()
    defaults = {
        "email": email or f"invitation-{rank}@exemple.invalid",
        "token_digest": sha256((token or f"jeton-{rank}").encode()).hexdigest(),
        "invited_by": fields.pop("invited_by", None) or factories.make_user(),
        "sent_at": BEGUN,
        "expires_at": BEGUN + timedelta(days=14),
    }
    return OrganisationInvitation.objects.create(organisation=organisation, **defaults | fields)


def make_body(kind: str = Body.Kind.DGOS, **fields) -> Body:
    """Return an administration of a kind, DGOS unless told otherwise; each call gives another one.

    What its kind needs is completed: the agency, region or department of Guadeloupe.
    For an agency's body prefer :func:`make_agency_body`, which gives the same row for the same region.
    """
    rank = number()
    places = {"agency": None, "region": None, "department": None} | {
        name: fields.pop(name) for name in ("agency", "region", "department") if name in fields
    }
    if kind == Body.Kind.AGENCY:
        places["agency"] = places["agency"] or factories.make_agency()
        places["region"] = places["region"] or places["agency"].region
    if kind == Body.Kind.DEPARTMENT:
        places["department"] = places["department"] or department("971")
        places["region"] = places["region"] or places["department"].region
    if kind in (Body.Kind.INSURANCE, Body.Kind.GRADES):
        places["region"] = places["region"] or factories.make_region()
    defaults = {"code": f"{kind}-{rank}", "name": f"{Body.Kind(kind).label} {rank}"}
    return Body.objects.create(kind=kind, **places, **defaults | fields)


def department(code: str):
    """Return a department of Guadeloupe; asking twice for a code gives the same row."""
    known = factories.Department.objects.filter(code=code).first()
    return known or factories.make_department(code=code)


def make_agency_body(code: str = "01", **fields) -> Body:
    """Return the body of the agency of a region, Guadeloupe's unless told otherwise.

    The region and the agency are made where they are missing; asking twice for a code gives the same row.
    """
    if known := Body.objects.filter(agency__region__code=code).first():
        return known
    region = factories.make_region(code=code)
    agency = getattr(region, "agency", None) or factories.make_agency(region=region)
    return make_body(Body.Kind.AGENCY, agency=agency, code=f"ars-{code}", **{"name": agency.name} | fields)


def make_post(role: str = Post.Role.OFFICER, body: Body | None = None, user: User | None = None, **fields) -> Post:
    """Return the post that somebody holds since 2020, an officer's in the agency of Guadeloupe unless told otherwise."""
    user = user or factories.make_user(second_factor=True)
    return Post.objects.create(
        role=role, user=user, **{"body": body or make_agency_body(), "since": IN_POST_SINCE} | fields
    )
