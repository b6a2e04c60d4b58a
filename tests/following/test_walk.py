"""A FIR dossier from its agreement to its closing, through the pages, by the carrier, an officer and the director."""

import pytest
from django.test import Client
from django.urls import reverse

from projects.engine.committing import number_of, row_of
from projects.engine.paying import instalments_of
from projects.engine.verifying import verify
from projects.models import Indicator, IndicatorValue
from tests.dossier_factories import make_attachment
from tests.following.builders import amend, granted, plan, row
from tests.instruction.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast) -> dict[str, Client]:
    """Return a browser for each."""
    found = {name: Client() for name in ("owner", "officer", "director")}
    for name, client in found.items():
        client.force_login(getattr(cast, name))
    return found


def make(clients, who: str, dossier, move: str, **given):
    """Make a move from its page, as its form has it; return the page that follows."""
    name = ("dossier-move" if who == "owner" else "instruction-move", [dossier.reference, move])
    address = reverse(name[0], args=name[1])
    page = clients[who].get(address)
    assert page.status_code == 200, (move, page.status_code)
    form = page.context["form"]
    hidden = {one: form[one].value() for one in ("seen", "key", "content_seen")}
    return clients[who].post(address, {"move": move} | hidden | given)


def through(clients, who: str, dossier, move: str, **given) -> None:
    answer = make(clients, who, dossier, move, **given)
    assert answer.status_code == 302, (move, text_of(answer))
    dossier.refresh_from_db()


def write_lines(client: Client, dossier, *lines: dict, seen: int = 0):
    data = {"seen": seen, "ligne-TOTAL_FORMS": len(lines), "ligne-INITIAL_FORMS": 0}
    for rank, line in enumerate(lines):
        data |= {f"ligne-{rank}-{name}": value for name, value in line.items()}
    return client.post(reverse("instruction-schedule", args=[dossier.reference]), data)


ADVANCE = {"kind": "advance", "amount": "30 000", "year": "2026", "due_on": "15/12/2026", "condition": "À la signature"}
SECOND = {"kind": "instalment", "amount": "10000", "year": "2027", "due_on": "2027-03-01"}
BALANCE = {"kind": "balance", "amount": "20000,00", "year": "2027", "due_on": "30/06/2027"}


def test_from_the_agreement_to_the_closing(cast, dossier, clients):
    refused = make(clients, "officer", dossier, "start")
    assert (refused.status_code, "signe d'abord une convention" in text_of(refused)) == (409, True)
    through(clients, "officer", dossier, "send-agreement")
    through(clients, "owner", dossier, "sign-as-carrier")
    through(clients, "director", dossier, "sign-agreement")
    assert dossier.stage == "running"
    assert write_lines(clients["officer"], dossier, ADVANCE, SECOND, BALANCE).status_code == 302
    follow = reverse("dossier-following", args=[dossier.reference])
    page = text_of(clients["owner"].get(follow))
    assert "À la signature" in page
    assert "Compte rendu financier" in page
    assert follow in text_of(clients["owner"].get(reverse("dossier", args=[dossier.reference])))
    through(clients, "officer", dossier, "pay-advance", instalment="1", paid="30000", paid_on="28/11/2026")
    again = make(clients, "officer", dossier, "pay-advance", instalment="1", paid="30000", paid_on="28/11/2026")
    assert (again.status_code, "déjà versée" in text_of(again)) == (409, True)
    through(clients, "officer", dossier, "pay-advance", instalment="2", paid="10000", paid_on="28/11/2026")
    through(clients, "officer", dossier, "ask-report")
    for piece in ("financial-report", "activity-report"):
        make_attachment(dossier, piece=piece)
    through(clients, "owner", dossier, "report", spent="60000")
    early = make(clients, "officer", dossier, "settle", settlement="paid", instalment="3", settled_amount="20000.01")
    assert early.status_code == 409
    assert "plus que le montant accordé" in text_of(early)
    through(clients, "officer", dossier, "settle", settlement="paid", instalment="3", settled_amount="20000")
    through(clients, "officer", dossier, "close")
    assert (dossier.stage, dossier.macro) == ("closed", "closed")
    seen = text_of(clients["officer"].get(reverse("instruction-following", args=[dossier.reference])))
    assert seen.count("Versé le") == 3
    assert "Fait" in seen
    assert verify(dossier).is_whole


def test_an_amendment_brings_its_schedule_and_payments_go_on(cast, in_progress, clients):
    plan(cast, in_progress)
    through(clients, "owner", in_progress, "ask-amendment", amendment="Plus de sites")
    amend(cast, in_progress, row(40000, rank=1), row(25000, "balance", year=2028), amount=65000, seen=(1, 0))
    through(clients, "director", in_progress, "sign-amendment")
    assert (number_of(in_progress), in_progress.stage) == (2, "running")
    paid = {"instalment": "1", "paid": "40000", "paid_on": "28/11/2026"}
    through(clients, "officer", in_progress, "pay-advance", **paid)
    through(clients, "owner", in_progress, "ask-amendment", amendment="Une date")
    rows = [row_of(one) for one in instalments_of(in_progress)]
    amend(cast, in_progress, *rows, amount=65000, ends="2028-12-31", seen=(2, 0))
    through(clients, "director", in_progress, "sign-amendment")
    assert sum(line.amount for line in in_progress.money.filter(kind="granted")) == 65000, "added once"
    assert number_of(in_progress) == 2, "the same rows are no other version"


def test_a_payment_that_waits_for_a_target_follows_the_agencys_value_and_not_the_carriers(cast, in_progress, clients):
    officer, owner, reference = clients["officer"], clients["owner"], in_progress.reference
    given = {"label": "Comptes rendus", "unit": "%", "direction": "up", "target": "80"}
    assert officer.post(reverse("instruction-indicator", args=[reference]), given).status_code == 302
    indicator = Indicator.objects.get()
    target = {
        "kind": "use-target",
        "amount": "60000",
        "year": "2027",
        "due_on": "30/06/2027",
        "indicator": indicator.pk,
    }
    assert "Écrivez la valeur à atteindre" in text_of(write_lines(officer, in_progress, target))
    assert write_lines(officer, in_progress, target | {"target": "80"}).status_code == 302
    value = {"indicator": indicator.pk, "on": "27/11/2026"}
    paid = {"instalment": "1", "paid": "60000", "paid_on": "28/11/2026"}
    assert owner.post(reverse("dossier-value", args=[reference]), value | {"value": "90"}).status_code == 302
    assert make(clients, "officer", in_progress, "pay-advance", **paid).status_code == 409
    assert officer.post(reverse("instruction-value", args=[reference]), value | {"value": "79,5"}).status_code == 302
    assert make(clients, "officer", in_progress, "pay-advance", **paid).status_code == 409
    page = text_of(officer.get(reverse("instruction-following", args=[reference])))
    assert "Les valeurs diffèrent." in page
    assert officer.post(reverse("instruction-value", args=[reference]), value | {"value": "85"}).status_code == 302
    assert IndicatorValue.objects.count() == 3, "a correction follows, it does not overwrite"
    through(clients, "officer", in_progress, "pay-advance", **paid)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({**ADVANCE, "amount": "mille"}, "Écrivez un montant"),
        ({**ADVANCE, "due_on": "32/01/2027"}, "Écrivez une date qui existe"),
        ({**ADVANCE, "year": "20 27 ?"}, "entier"),
        ({**ADVANCE, "amount": ""}, "À remplir."),
        ({**ADVANCE, "amount": "0"}, "verse quelque chose"),
        ({**ADVANCE, "target": "4"}, "Seulement pour une ligne"),
        ({**ADVANCE, "kind": "cadeau"}, "Sélectionnez un choix valide"),
        ({**ADVANCE, "condition": "x" * 301}, "300"),
        (ADVANCE, "30 000 € en moins"),
    ],
)
def test_a_schedule_that_cannot_be_comes_back_with_what_was_typed(line, said, dossier, clients):
    answer = write_lines(clients["officer"], dossier, line)
    html = text_of(answer).replace("\u202f", " ").replace("\u00a0", " ")
    assert answer.status_code in (200, 409)
    assert said in html
    assert "À la signature" in html or "x" * 301 in html
    assert not dossier.schedules.exists()


@pytest.mark.parametrize("name", ["indicator", "value", "evaluation"])
def test_what_is_empty_is_told_and_nothing_is_written(name, cast, dossier, clients):
    address = reverse(f"instruction-{name}", args=[dossier.reference])
    before = dossier.journal.count()
    answer = clients["officer"].post(address, {})
    assert answer.status_code == 200
    assert "à corriger" in text_of(answer)
    assert dossier.journal.count() == before


def test_an_evaluation_is_noted_and_read_by_both_sides_escaped(dossier, clients):
    given = {
        "kind": "final", "on": "20/11/2026", "by": "Cabinet <b>d'essai</b>", "reference": "Pièce 12",
        "summary": "<script>alert(1)</script>",
    }  # fmt: skip
    address = reverse("instruction-evaluation", args=[dossier.reference])
    assert clients["officer"].post(address, given).status_code == 302
    for who, name in (("officer", "instruction-following"), ("owner", "dossier-following")):
        html = clients[who].get(reverse(name, args=[dossier.reference])).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "<script>alert(1)" not in html


def test_a_value_of_tomorrow_and_one_of_another_dossier_are_refused(cast, dossier, lever, clients):
    other = granted(cast, lever=lever)
    for one in (dossier, other):
        clients["officer"].post(
            reverse("instruction-indicator", args=[one.reference]), {"label": "Indicateur", "direction": "up"}
        )
    mine, foreign = Indicator.objects.get(dossier=dossier), Indicator.objects.get(dossier=other)
    address = reverse("instruction-value", args=[dossier.reference])
    late = clients["officer"].post(address, {"indicator": mine.pk, "on": "01/01/2099", "value": "1"})
    assert (late.status_code, "ce jour n'est pas encore là" in text_of(late)) == (409, True)
    wrong = clients["officer"].post(address, {"indicator": foreign.pk, "on": "01/11/2026", "value": "1"})
    assert wrong.status_code == 200
    assert not IndicatorValue.objects.exists()


def test_who_has_no_part_finds_nothing_and_each_side_keeps_to_its_pages(cast, dossier, clients, stranger):
    passer = Client()
    passer.force_login(stranger)
    names = ["following", "schedule", "indicator", "value", "evaluation"]
    for name in names:
        address = reverse(f"instruction-{name}", args=[dossier.reference])
        assert passer.get(address).status_code == 404, name
        assert clients["owner"].get(address).status_code == 404, name
    for name in ("schedule", "indicator", "value", "evaluation"):
        assert clients["director"].get(reverse(f"instruction-{name}", args=[dossier.reference])).status_code == 404
    assert clients["director"].get(reverse("instruction-following", args=[dossier.reference])).status_code == 200
    assert passer.get(reverse("dossier-following", args=[dossier.reference])).status_code == 404
    led = clients["officer"].get(reverse("dossier-following", args=[dossier.reference]))
    assert led["Location"] == reverse("instruction-following", args=[dossier.reference])
    assert clients["officer"].get(reverse("dossier-value", args=[dossier.reference])).status_code == 404
