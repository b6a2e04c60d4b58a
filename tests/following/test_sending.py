"""Where an agreement may be sent: before one is signed, never over an open amendment, never once settled."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from projects.engine.amended import prepared
from projects.engine.door import Refused
from projects.procedures.agreement_moves import AMENDMENT_MOVES, SENDABLE
from projects.procedures.catalogue import PROCEDURES
from tests.dossier_factories import drive
from tests.following.builders import amend, granted, running
from tests.instruction.conftest import text_of
from tests.procedures.builders import refused

SMALL = Decimal(23000)
SPENT = {"settlement": "nothing", "instalment": "", "settled_amount": ""}
SENDING = [
    pytest.param(procedure, move, id=f"{procedure.key}-{procedure.version}")
    for procedure in PROCEDURES
    for move in procedure.moves
    if move.key == "send-agreement"
]
AMENDED = {move.key for move in AMENDMENT_MOVES}
STATES = [
    ((), []),
    (("send-agreement", "take-back-agreement"), []),
    (("start",), []),
    (("send-agreement", "sign-agreement"), ["agreement-in-force"]),
    (("start", "send-agreement", "sign-agreement"), ["agreement-in-force"]),
    (("start", "ask-amendment"), ["no-open-amendment"]),
    (("start", "open-amendment"), ["no-open-amendment"]),
    (("start", "open-amendment", "send-agreement", "take-back-agreement"), ["no-open-amendment"]),
    (("start", "open-amendment", "refuse-amendment"), []),
    (("start", "ask-amendment", "sign-amendment"), []),
    (("sign-agreement", "open-amendment"), ["agreement-in-force", "no-open-amendment"]),
    (("sign-agreement", "open-amendment", "sign-amendment"), ["agreement-in-force"]),
    (("start", "report", "settle"), ["not-settled"]),
    (("start", "report", "settle", "open-next-year", "drop-next-year"), ["not-settled"]),
    (("start", "report", "settle", "open-next-year", "next-year"), []),
    (("sign-agreement", "report", "settle"), ["agreement-in-force", "not-settled"]),
]


def reasons(error) -> list[str]:
    return [one.key for one in error.value.reasons]


@pytest.mark.parametrize(("procedure", "move"), SENDING)
def test_it_is_bound_wherever_an_amendment_is_the_other_way(procedure, move):
    amends = {one.key for one in procedure.moves} >= AMENDED
    assert (move.conditions == SENDABLE) is amends
    assert amends or procedure.key == "article-51", "its start-up agreement has no amendment: another takes its place"


@pytest.mark.parametrize(("procedure", "move"), [one for one in SENDING if one.values[0].key != "article-51"])
@pytest.mark.parametrize(("done", "why"), STATES)
def test_what_was_done_says_whether_it_may_be_sent(procedure, move, done, why):
    assert refused(procedure, move.key, done=("notify-grant", *done)) == why


@pytest.mark.django_db
def test_what_is_prepared_of_an_amendment_is_kept(cast, lever):
    dossier = granted(cast, SMALL, lever=lever)
    drive(dossier, "start", cast.officer)
    drive(dossier, "open-amendment", cast.officer)
    amend(cast, dossier, amount=20000, per_year=20000, ends="2027-12-31")
    with pytest.raises(Refused) as error:
        drive(dossier, "send-agreement", cast.officer)
    assert reasons(error) == ["no-open-amendment"]
    assert dossier.stage == "amendment"
    assert prepared(dossier.journal.order_by("seq").prefetch_related("texts")).amended.amount == Decimal(20000)
    drive(dossier, "sign-amendment", cast.director)
    drive(dossier, "send-agreement", cast.officer)
    assert dossier.stage == "agreement"


@pytest.mark.django_db
@pytest.mark.parametrize("signed", [False, True])
def test_nothing_is_sent_once_settled(signed, cast, lever):
    dossier = running(cast, SMALL, lever=lever) if signed else granted(cast, SMALL, lever=lever)
    if not signed:
        drive(dossier, "start", cast.officer)
    drive(dossier, "ask-report", cast.officer)
    drive(dossier, "report", cast.owner)
    drive(dossier, "settle", cast.officer, **SPENT)
    with pytest.raises(Refused) as error:
        drive(dossier, "send-agreement", cast.officer)
    assert reasons(error) == (["agreement-in-force"] if signed else []) + ["not-settled"]


@pytest.mark.django_db
def test_the_page_says_why_and_does_not_offer_it(cast, lever):
    officer, free = Client(), granted(cast, SMALL, lever=lever)
    officer.force_login(cast.officer)
    address = reverse("instruction-move", args=[free.reference, "send-agreement"])
    assert f'href="{address}"' in officer.get(reverse("instruction-dossier", args=[free.reference])).content.decode()
    signed = running(cast, lever=lever)
    page = officer.get(reverse("instruction-dossier", args=[signed.reference]))
    assert "La convention est déjà signée : ce qui change passe par un avenant." in text_of(page)
    address = reverse("instruction-move", args=[signed.reference, "send-agreement"])
    assert f'href="{address}"' not in page.content.decode()
