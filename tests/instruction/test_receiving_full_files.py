"""The second deposit of a request that began with a letter of intent, when it comes by post."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from projects.engine.door import Refused, Request, advance
from projects.engine.people import actor_of
from projects.engine.reading import clock_of
from projects.engine.received import Received
from projects.engine.verifying import verify
from projects.instruction.entering import record
from projects.models import Adoption, Dossier, Section
from projects.procedures.catalogue import LATEST
from projects.procedures.citing import DOCUMENTS
from tests.dossier_factories import NOW, drive, fill, make_dossier
from tests.factories import make_call
from tests.instruction.conftest import text_of
from tests.people_factories import make_organisation
from tests.specification_factories import ONE_REGION

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
QUERIES = 31
CAME = date(2026, 11, 2)
"""The day of the letter of intent."""


@pytest.fixture
def agent(client, of_the_region):
    """An officer of the region, signed in, where every procedure is deposited on the portal."""
    for procedure in LATEST.values():
        Adoption.objects.create(procedure_key=procedure.key, channel="portal", valid_from="2020-01-01")
    client.force_login(of_the_region)
    return of_the_region


def letter_of(agent, procedure: str, answers: dict | None = None, **fields) -> Dossier:
    """Return what came by post, typed and recorded two days later."""
    at = datetime(2026, 11, 4, 9, tzinfo=UTC)
    dossier = make_dossier(
        agent, procedure, organisation=make_organisation(), origin="letter", received_on=CAME, at=at, **fields
    )
    dossier.project.owner = None
    dossier.project.save()
    fill(dossier, answers, at=at)
    Section.objects.filter(project=dossier.project).update(changed_by=agent)
    dossier.attachments.update(added_by=agent)
    record(dossier, uuid4(), actor_of(agent, at), at)
    dossier.refresh_from_db()
    return dossier


def receive(dossier: Dossier, move: str, by, on: date, at: datetime = NOW):
    dossier.refresh_from_db()
    asked = Request(move, dossier.version, uuid4(), received=Received(on, "letter", "Camille Porteur"))
    entry = advance(dossier.pk, asked, actor_of(by, at), at)
    dossier.refresh_from_db()
    return entry


@pytest.fixture
def invited(agent) -> Dossier:
    """A letter of intent that was kept: the full file is due by the 20th."""
    call = make_call(kind="aap", events=[("opening", "2026-10-01"), ("closing", "2026-11-10")])
    dossier = letter_of(agent, "call-aap-letter", call=call)
    drive(dossier, "invite", agent, datetime(2026, 11, 6, 9, tzinfo=UTC), full_file_by="2026-11-20")
    return dossier


def test_a_full_file_is_entered_after_its_date_when_it_came_before(invited, agent):
    receive(invited, "deposit", agent, date(2026, 11, 20))
    assert (invited.stage, invited.snapshots.count()) == ("received", 2)
    clock = clock_of(invited.procedure, invited.journal.order_by("seq"))
    assert clock.started_at == datetime(2026, 11, 20, 12, tzinfo=PARIS)
    assert verify(invited).is_whole


def test_a_full_file_that_came_too_late_is_refused_as_on_the_portal(invited, agent):
    with pytest.raises(Refused, match="date limite"):
        receive(invited, "deposit", agent, date(2026, 11, 21))
    assert invited.stage == "full-file"


@pytest.fixture
def to_specify(agent) -> Dossier:
    """A letter of intent of article 51 that was admitted: the specification is to be written."""
    dossier = letter_of(agent, "article-51", ONE_REGION)
    at = datetime(2026, 11, 5, 9, tzinfo=UTC)
    drive(dossier, "acknowledge", agent, at)
    drive(dossier, "admit", agent, at + timedelta(hours=1), objective_met=True, derogation_needed=True)
    return dossier


def test_the_page_of_a_move_names_its_founding_document_and_no_line_of_it(client, agent):
    dossier = letter_of(agent, "article-51", ONE_REGION)
    drive(dossier, "acknowledge", agent, datetime(2026, 11, 5, 9, tzinfo=UTC))
    page = text_of(client.get(f"/instruction/{dossier.reference}/geste/admit/"))
    assert f"Fondement : {DOCUMENTS['001']}" in page
    assert "ligne 24" not in page


def test_the_specification_of_article_51_is_typed_joined_and_recorded(client, to_specify, agent):
    base = f"/instruction/{to_specify.reference}/recu/"
    page = text_of(client.get(base))
    for section in to_specify.procedure.written_in("co-construction").sections:
        assert section.title in page
        form = client.get(f"{base}parties/{section.key}/").context["form"]
        sent = {one.key: form.data[one.key] for one in form.questions if form.data[one.key]} | {"base": form.base}
        assert client.post(f"{base}parties/{section.key}/", sent).status_code == 302
    receive(to_specify, "submit-specification", agent, date(2026, 11, 19))
    assert to_specify.stage == "reading"
    assert to_specify.snapshots.first().circumstances["sender"] == "Camille Porteur"


def test_a_section_that_is_not_asked_at_this_stage_is_not_filled(client, to_specify, stranger):
    written = {one.key for one in to_specify.procedure.written_in("co-construction").sections}
    others = [one.key for one in to_specify.procedure.sections if one.key not in written]
    for key in (*others, "inconnue"):
        assert client.get(f"/instruction/{to_specify.reference}/recu/parties/{key}/").status_code == 404


def test_an_incomplete_answer_is_recorded_all_the_same(client, to_specify, agent):
    Section.objects.filter(dossier=to_specify, key="terrain").update(answers={})
    page = text_of(client.get(f"/instruction/{to_specify.reference}/recu/geste/submit-specification/"))
    assert "Il manque encore, et cela ne vous empêche pas d'enregistrer" in page
    assert receive(to_specify, "submit-specification", agent, date(2026, 11, 19)).to_stage == "reading"


@pytest.mark.parametrize("times", [1, 6])
def test_the_number_of_queries_of_the_page_does_not_grow(times, client, to_specify, agent, django_assert_num_queries):
    day = NOW.date() - timedelta(days=1)
    for rank in range(times):
        at = NOW - timedelta(hours=20 - rank)
        receive(to_specify, "submit-specification", agent, day, at)
        drive(to_specify, "return-specification", agent, at + timedelta(minutes=5))
    page = f"/instruction/{to_specify.reference}/recu/"
    client.get(page)
    with django_assert_num_queries(QUERIES):
        assert text_of(client.get(page)).count("Récépissé du contenu n°") == times + 1
