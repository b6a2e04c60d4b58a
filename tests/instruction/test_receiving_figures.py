"""The financing plan and the figures of article 51 that came by post: typed for the applicant, frozen with what came."""

from datetime import date
from decimal import Decimal

import pytest

from projects.engine.door import Refused
from projects.engine.people import actor_of
from projects.engine.reading import known
from projects.engine.unsent import UNSENT, has_unsent
from projects.engine.verifying import verify
from projects.forms.financing import seen as seen_line
from projects.models import Dossier, FinancingLine, JournalEntry
from projects.preparing.entering import enter_plan
from projects.preparing.planning import Change
from projects.procedures.vocabulary import Party
from projects.specification.figures import seen
from projects.specification.reading import current_figures
from tests.dossier_factories import NOW, drive, make_dossier
from tests.instruction.conftest import text_of
from tests.instruction.test_receiving_full_files import agent, letter_of, receive, to_specify  # noqa: F401 (fixtures)
from tests.people_factories import make_membership, make_organisation
from tests.specification.test_figures_page import LINE, typed

pytestmark = pytest.mark.django_db
ROW = {"expense": "care", "label": "Forfait", "year": "2027", "amount": "12 000,50", "payer": "fiss", "state": "asked"}
VALUES = {
    "expense": "staff", "label": "", "year": 2027, "amount": Decimal(5), "payer": "self", "state": "planned", "dossier": None,
}  # fmt: skip


@pytest.fixture
def draft(agent) -> Dossier:  # noqa: F811 (fixture)
    """A request that came by post and that the agent is typing."""
    dossier = make_dossier(
        agent, "fir", organisation=make_organisation(), origin="letter", received_on=date(2026, 11, 10)
    )
    dossier.project.owner = None
    dossier.project.save()
    return dossier


def plan(*rows: dict) -> dict:
    """What the form of the plan sends: each line, by the names of its fields."""
    found = {"plan-TOTAL_FORMS": len(rows), "plan-INITIAL_FORMS": 0}
    return found | {f"plan-{rank}-{name}": value for rank, row in enumerate(rows) for name, value in row.items()}


def here(dossier: Dossier, page: str) -> str:
    return f"/instruction/{dossier.reference}/recu/{page}"


def test_the_plan_is_typed_then_frozen_with_what_is_recorded(client, to_specify, agent):  # noqa: F811 (fixtures)
    assert here(to_specify, "plan/") in text_of(client.get(here(to_specify, "")))
    answer = client.post(here(to_specify, "plan/"), plan(ROW | {"dossier": to_specify.reference}, {}))
    assert answer["Location"] == here(to_specify, "")
    row = FinancingLine.objects.get()
    assert (row.amount, row.payer, row.dossier) == (Decimal("12000.50"), "fiss", to_specify)
    act = to_specify.journal.last()
    assert (act.kind, act.party, set(act.data)) == ("section", Party.ENTERER, {"section", "plan"})
    receive(to_specify, "submit-specification", agent, date(2026, 11, 19))
    (frozen,) = to_specify.snapshots.first().content["financing"]
    assert (frozen["amount"], frozen["here"]) == ("12000.50", True)
    assert verify(to_specify).is_whole


def test_the_figures_of_the_model_too(client, to_specify, agent):  # noqa: F811 (fixtures)
    assert here(to_specify, "modele/") in text_of(client.get(here(to_specify, "")))
    shown = seen(current_figures(to_specify))
    answer = client.post(here(to_specify, "modele/"), typed(LINE, {}, shown=shown))
    assert answer["Location"] == here(to_specify, "")
    act = to_specify.journal.last()
    assert (act.party, set(act.data)) == (Party.ENTERER, {"section", "model"})
    receive(to_specify, "submit-specification", agent, date(2026, 11, 19))
    (frozen,) = to_specify.snapshots.first().content["figures"]
    assert (frozen["year"], frozen["package"]) == (2027, "180.50")


def test_what_is_wrong_or_changed_meanwhile_comes_back_with_what_was_typed(client, to_specify, agent):  # noqa: F811
    answer = client.post(here(to_specify, "plan/"), plan(ROW | {"amount": "beaucoup"}))
    assert answer.status_code == 200
    assert "beaucoup" in text_of(answer)
    answer = client.post(here(to_specify, "modele/"), typed(LINE, shown="autre"))
    assert answer.status_code == 409
    assert "180,50" in text_of(answer)
    assert not to_specify.journal.filter(data__has_key="plan").exists()
    client.post(here(to_specify, "plan/"), plan(ROW))
    line = FinancingLine.objects.get()
    answer = client.post(here(to_specify, "plan/"), plan(ROW | {"line": line.pk, "seen": "autre", "amount": "77"}))
    assert "entre-temps" in text_of(answer)
    assert "77" in text_of(answer)
    line.refresh_from_db()
    assert line.amount == Decimal("12000.50")


def test_the_lines_of_another_dossier_of_the_project_are_neither_shown_nor_changed(client, draft, agent):  # noqa: F811
    other = make_dossier(agent, "first-contact", project=draft.project)
    line = FinancingLine.objects.create(project=draft.project, **VALUES | {"dossier": other, "label": "Ligne ailleurs"})
    page = client.get(here(draft, "plan/"))
    assert page.status_code == 200
    assert "Ligne ailleurs" not in text_of(page)
    change = Change(line.pk, {}, seen_line(line), remove=True)
    enter_plan(draft, [change], seen_line, actor_of(agent, NOW), NOW)
    line.refresh_from_db()
    assert (line.dossier, line.amount) == (other, Decimal(5))


def test_what_the_applicant_writes_on_the_portal_is_neither_sent_nor_written_over(client, to_specify, agent):  # noqa: F811
    client.post(here(to_specify, "plan/"), plan(ROW))
    assert not has_unsent(known(to_specify, NOW))
    FinancingLine.objects.create(project=to_specify.project, **VALUES)
    assert has_unsent(known(to_specify, NOW))
    answer = client.post(here(to_specify, "plan/"), plan(ROW))
    assert answer.status_code == 409
    assert UNSENT.words in text_of(answer)
    with pytest.raises(Refused, match="Le porteur a commencé à écrire"):
        receive(to_specify, "submit-specification", agent, date(2026, 11, 19))


def test_the_applicant_reads_that_the_agency_typed_them(client, to_specify, agent, applicant):  # noqa: F811 (fixtures)
    client.post(here(to_specify, "plan/"), plan(ROW))
    client.post(here(to_specify, "modele/"), typed(LINE, shown=seen(current_figures(to_specify))))
    make_membership(to_specify.organisation, applicant)
    client.force_login(applicant)
    page = text_of(client.get(f"/dossiers/{to_specify.reference}/"))
    assert "L'agence a saisi le plan de financement reçu" in page or "L'agence a saisi les chiffres du modèle" in page


@pytest.mark.parametrize("page", ["plan/", "modele/"])
def test_nobody_else_types_them_nor_where_nothing_is_written(page, client, to_specify, stranger, applicant, agent):  # noqa: F811
    make_membership(to_specify.organisation, applicant)
    for who in (stranger, applicant):
        client.force_login(who)
        assert client.get(here(to_specify, page)).status_code == 404
        assert client.post(here(to_specify, page), plan(ROW)).status_code == 404
    client.force_login(agent)
    assert client.get(here(to_specify, page)).status_code == 200
    receive(to_specify, "submit-specification", agent, date(2026, 11, 19))
    assert client.get(here(to_specify, page)).status_code == 404


def test_a_draft_that_an_agent_enters_takes_its_plan_before_it_is_recorded(client, draft, agent):  # noqa: F811
    home = f"/instruction/{draft.reference}/"
    assert here(draft, "plan/") in text_of(client.get(home))
    assert client.post(here(draft, "plan/"), plan(ROW | {"payer": "fir"}))["Location"] == home
    assert draft.journal.last().kind == JournalEntry.Kind.SECTION
    drive(draft, "enter", agent, NOW, received_on="2026-11-10")
    assert len(draft.snapshots.first().content["financing"]) == 1
