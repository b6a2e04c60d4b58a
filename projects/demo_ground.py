"""What the demonstration needs besides people: numbers of agencies, envelopes, a delegation of signature. Invented."""

from datetime import date
from decimal import Decimal

from actors.models import Body, Post
from apist.demo_people import REGIONS
from levers.models import Lever
from projects.models import Envelope, SignatureDelegation

SIRET = {"01": "00000061200010", "76": "00000062000013"}
"""Numbers whose key is right and that nobody has: the essential data of agreements ask for one."""

ENVELOPES = {"fir": Decimal(400_000), "article-51": Decimal(250_000)}
"""What each agency of the demonstration may commit in a year, by lever."""

CEILING = Decimal(50_000)


def furnish(bodies: list[Body], on: date) -> None:
    """Give the agencies of the demonstration what a decision and its follow-up need; asking twice changes nothing."""
    levers = {lever.slug: lever for lever in Lever.objects.filter(slug__in=ENVELOPES)}
    for body in bodies:
        if body.kind != Body.Kind.AGENCY or body.region.code not in REGIONS:
            continue
        if not body.siret:
            body.siret = SIRET[body.region.code]
            body.save(update_fields=["siret"])
        for slug, amount in ENVELOPES.items():
            for year in (on.year, on.year + 1):
                Envelope.objects.get_or_create(
                    body=body, lever=levers[slug], call=None, year=year,
                    defaults={"amount": amount, "valid_from": date(year, 1, 1), "source": "Démonstration : inventé"},
                )  # fmt: skip
        delegate(body, levers["fir"], on)


def delegate(body: Body, fir: Lever, on: date) -> None:
    """Let the heads of unit sign subsidies of the fund up to an amount."""
    if SignatureDelegation.objects.filter(body=body).exists():
        return
    row = SignatureDelegation.objects.create(
        body=body, role=Post.Role.HEAD, given_by="La direction générale", ceiling=CEILING,
        reference="Démonstration : décision inventée", publication="Démonstration : recueil inventé",
        valid_from=date(on.year, 1, 1),
    )  # fmt: skip
    row.levers.set([fir])
