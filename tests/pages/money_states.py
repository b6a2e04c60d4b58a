"""The pages of what follows a grant in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.test import Client

from actors.models import Organisation
from levers.models import Lever
from projects.engine.committing import row_of
from projects.engine.paying import instalments_of
from projects.following.indicating import add_indicator, record_evaluation, say_value
from projects.models import Dossier
from tests.dossier_factories import NOW, drive
from tests.following.builders import Cast, amend, granted, make_cast, make_envelope, plan, row, running


def money_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    cast = make_cast("76")
    officer, owner = Client(), Client()
    officer.force_login(cast.officer)
    owner.force_login(cast.owner)
    for name in ("enveloppes/", "donnees-essentielles/"):
        yield f"{name}, nothing", officer.get(f"/instruction/{name}")
    dossier = running(cast, lever=Lever.objects.get(slug="fir"))
    page, mine = f"/instruction/{dossier.reference}/suivi/", f"/dossiers/{dossier.reference}/suivi/"
    yield "following, nothing", officer.get(page)
    actor, day = cast.actor(cast.officer), date(2026, 11, 1)
    indicator = add_indicator(dossier.pk, {"label": "Comptes rendus", "unit": "%", "target": Decimal(80)}, actor, NOW)
    target = {"indicator": indicator.pk, "target": Decimal(80)}
    plan(cast, dossier, row(40000, condition="À la signature"), row(20000, "use-target", **target))
    say_value(dossier.pk, indicator.pk, {"on": day, "value": Decimal(70)}, actor, NOW)
    say_value(dossier.pk, indicator.pk, {"on": day, "value": Decimal(60)}, cast.actor(cast.owner), NOW)
    record_evaluation(dossier.pk, {"kind": "final", "on": day, "by": "Un service", "summary": "Utile."}, actor, NOW)
    make_envelope(cast.body, dossier.lever, 2027, 50000 + 10000)
    yield "following", officer.get(page)
    yield "following, applicant", owner.get(mine)
    yield "value, applicant", owner.get(f"{mine}valeur/")
    for name in ("echeancier/", "indicateur/", "valeur/", "evaluation/"):
        yield f"following {name}", officer.get(f"{page}{name}")
        wrong = {"seen": 9, "ligne-TOTAL_FORMS": 1, "ligne-INITIAL_FORMS": 0, "ligne-0-amount": "mille"}
        yield f"following {name}, wrong", officer.post(f"{page}{name}", wrong if name == "echeancier/" else {})
    right = {"kind": "advance", "amount": "10", "year": "2027", "due_on": "2027-01-01"}
    lines = {"seen": 1, "ligne-TOTAL_FORMS": 1, "ligne-INITIAL_FORMS": 0}
    refused = lines | {f"ligne-0-{name}": value for name, value in right.items()}
    yield "schedule, refused", officer.post(f"{page}echeancier/", refused)
    yield from amending_pages(cast, dossier, officer, owner)
    yield "ends", officer.get("/instruction/calendrier/")
    yield "envelopes", officer.get("/instruction/enveloppes/?annee=2027")
    yield "essential data, no SIRET", officer.get("/instruction/donnees-essentielles/")
    Organisation.objects.filter(pk=cast.organisation.pk).update(siret="")
    yield "essential data, receiver without SIRET", officer.get("/instruction/donnees-essentielles/")


def amending_pages(cast: Cast, dossier: Dossier, officer: Client, owner: Client) -> Iterator[tuple[str, object]]:
    """Yield the pages of an agreement that was signed, of an amendment from its opening to its signature."""
    page = f"/instruction/{dossier.reference}/"
    director = Client()
    director.force_login(cast.director)
    made = dossier.decisions.get(key="agreement")
    yield "agreement, read", owner.get(f"/dossiers/{dossier.reference}/decision/{made.pk}/")
    yield "agreement, another one to write", officer.get(f"{page}convention/")
    drive(dossier, "open-amendment", cast.officer)
    yield "amendment, not prepared", officer.get(f"{page}avenant/")
    yield "amendment, to prepare", officer.get(f"{page}avenant/contenu/")
    yield "amendment, wrong", officer.post(f"{page}avenant/contenu/", {})
    rows = [row_of(one) for one in instalments_of(dossier)]
    amend(cast, dossier, *rows, ends="2028-12-31", seen=(1, 0))
    yield "amendment, prepared", officer.get(f"{page}avenant/")
    yield "amendment, to sign", director.get(f"{page}geste/sign-amendment/")
    yield "amendment, note", director.get(f"{page}note/")
    drive(dossier, "sign-amendment", cast.director)
    made = dossier.decisions.get(key="amendment")
    yield "amendment, read", owner.get(f"/dossiers/{dossier.reference}/decision/{made.pk}/")
    other = granted(cast, lever=dossier.lever)
    drive(other, "send-agreement", cast.officer)
    yield "agreement, out to be signed", owner.get(f"/dossiers/{other.reference}/")
    yield "agreement, to sign", owner.get(f"/dossiers/{other.reference}/geste/sign-as-carrier/")
