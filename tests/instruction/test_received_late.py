"""A letter that came in time and is typed after the portal let the date pass: recorded as what it was, with a reason."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from projects.engine.door import NotAllowed, Refused, Request, Stale, advance
from projects.engine.passing import run_due
from projects.engine.people import actor_of
from projects.engine.reading import clock_of
from projects.engine.received import Received
from projects.engine.verifying import verify
from projects.instruction.entering import record
from projects.models import Dossier
from tests.dossier_factories import drive, make_dossier
from tests.instruction.conftest import text_of
from tests.instruction.test_receiving import ASKED_ON, agent, here, sent  # noqa: F401 (fixture)
from tests.instruction.test_receiving_full_files import invited  # noqa: F401 (fixture)
from tests.people_factories import make_organisation

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
LAPSED_AT = datetime(2026, 11, 21, 5, tzinfo=UTC)
TYPED_AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
WHY = "Courrier arrivé le 18, ouvert le 25"


@pytest.fixture
def lapsed(agent, head, applicant) -> Dossier:  # noqa: F811 (fixture)
    """A subsidy to complete until the 20th, taken up again by the portal on the 21st, without an answer."""
    dossier = make_dossier(
        agent, "fir", organisation=make_organisation(), origin="letter", received_on=date(2026, 11, 10)
    )
    dossier.project.owner = None
    dossier.project.save()
    at = datetime(2026, 11, 11, 9, tzinfo=UTC)
    record(dossier, uuid4(), actor_of(agent, at), at)
    drive(dossier, "acknowledge", head, at + timedelta(days=1))
    drive(dossier, "ask-completion", head, ASKED_ON, answer_by="2026-11-20")
    assert run_due(LAPSED_AT) == "1 dossier(s) à l'échéance"
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.journal.last().move) == ("admissibility", "ask-completion-unanswered")
    dossier.project.owner = applicant
    dossier.project.save()
    return dossier


def late(dossier: Dossier, by, on: date, why: str = WHY, move: str = "complete"):
    """Record what came on a day."""
    received = Received(on, "letter", "Camille Porteur", why)
    entry = advance(
        dossier.pk, Request(move, dossier.version, uuid4(), received=received), actor_of(by, TYPED_AT), TYPED_AT
    )
    dossier.refresh_from_db()
    return entry


def test_it_is_recorded_as_the_answer_and_the_portal_s_act_stays(lapsed, agent):  # noqa: F811 (fixture)
    portal = lapsed.journal.last()
    entry = late(lapsed, agent, date(2026, 11, 18))
    assert (entry.move, entry.from_stage, entry.to_stage) == ("complete", "admissibility", "admissibility")
    assert entry.data["rights"] == portal.seq
    assert entry.texts.get(field="late_because").text == WHY
    assert WHY not in str(entry.data)
    assert lapsed.journal.filter(pk=portal.pk, move="ask-completion-unanswered").exists()
    assert verify(lapsed).is_whole
    assert lapsed.snapshots.first().entry == entry


def test_the_legal_clock_and_the_stage_count_from_the_day_it_came(lapsed, agent):  # noqa: F811 (fixture)
    entries = lapsed.journal.order_by("seq")
    assert clock_of(lapsed.procedure, entries).suspended == LAPSED_AT - ASKED_ON
    late(lapsed, agent, date(2026, 11, 18))
    came = datetime(2026, 11, 18, 12, tzinfo=PARIS)
    assert clock_of(lapsed.procedure, entries.all()).suspended == came - ASKED_ON
    assert lapsed.due_at == came + timedelta(days=lapsed.procedure.stage("admissibility").due.count)


@pytest.mark.parametrize(
    ("on", "why", "key"),
    [
        (date(2026, 11, 20), WHY, None),
        (date(2026, 11, 21), WHY, "came-late"),
        (date(2026, 11, 24), WHY, "came-late"),
        (date(2026, 11, 13), WHY, "received-before"),
        (date(2026, 11, 26), WHY, "received"),
        (date(2026, 11, 18), "  ", "late-because"),
    ],
)
def test_only_what_came_in_time_and_after_it_was_asked_with_a_reason(lapsed, agent, on, why, key):  # noqa: F811
    if key is None:
        assert late(lapsed, agent, on, why)
        return
    with pytest.raises(Refused) as refused:
        late(lapsed, agent, on, why)
    assert key in {one.key for one in refused.value.reasons}
    assert "rights" not in lapsed.journal.filter(kind="move").last().data


def test_it_is_righted_once_and_never_after_somebody_acted(lapsed, agent, head):  # noqa: F811 (fixture)
    late(lapsed, agent, date(2026, 11, 18))
    with pytest.raises(Stale):
        late(lapsed, agent, date(2026, 11, 18))


def test_once_an_agent_acted_on_what_was_lapsed_it_stays(lapsed, agent, head):  # noqa: F811 (fixture)
    drive(lapsed, "admit", head, TYPED_AT - timedelta(hours=1))
    with pytest.raises(Stale):
        late(lapsed, agent, date(2026, 11, 18))


def test_nobody_else_rights_it_nor_the_applicant_on_the_portal(lapsed, applicant, head):
    with pytest.raises(NotAllowed):
        late(lapsed, applicant, date(2026, 11, 18))
    asked = Request("complete", lapsed.version, uuid4())
    with pytest.raises((NotAllowed, Stale)):
        advance(lapsed.pk, asked, actor_of(applicant, TYPED_AT), TYPED_AT)


def test_from_the_page_with_what_was_sent_typed_first(client, lapsed, agent):  # noqa: F811 (fixture)
    page = text_of(client.get(here(lapsed)))
    assert "Ce qui était arrivé à temps s'enregistre encore" in page
    assert here(lapsed, "geste", "complete") in page
    section = lapsed.procedure.sections[0]
    assert client.get(here(lapsed, "parties", section.key)).status_code == 200
    address = here(lapsed, "geste", "complete")
    assert "Pourquoi est-ce saisi après l'échéance ?" in text_of(client.get(address))
    given = sent(lapsed, received_on="2026-11-18")
    answer = client.post(address, given | {"late_because": " "})
    assert answer.status_code == 200
    assert "late_because" in answer.context["form"].errors
    assert client.post(address, given | {"received_on": "2026-11-22", "late_because": WHY}).status_code == 409
    assert client.post(address, given | {"late_because": WHY})["Location"] == here(lapsed)
    assert "Ce qui était arrivé à temps s'enregistre encore" not in text_of(client.get(here(lapsed)))


def test_a_full_file_that_lapsed_for_good_begins_again_from_the_day_it_came(client, invited, agent):  # noqa: F811
    assert run_due(LAPSED_AT) == "1 dossier(s) à l'échéance"
    invited.refresh_from_db()
    assert (invited.stage, invited.ended_at) == ("lapsed", LAPSED_AT)
    assert here(invited, "geste", "deposit") in text_of(client.get(here(invited)))
    with pytest.raises(Refused, match="L'échéance était le"):
        late(invited, agent, date(2026, 11, 21), move="deposit")
    late(invited, agent, date(2026, 11, 20), move="deposit")
    assert (invited.stage, invited.ended_at, invited.snapshots.count()) == ("received", None, 2)
    clock = clock_of(invited.procedure, invited.journal.order_by("seq"))
    assert clock.started_at == datetime(2026, 11, 20, 12, tzinfo=PARIS)
    assert verify(invited).is_whole


def test_the_applicant_reads_that_it_came_in_time_and_why_it_was_entered_late(client, lapsed, agent, applicant):  # noqa: F811
    late(lapsed, agent, date(2026, 11, 18))
    client.force_login(applicant)
    page = text_of(client.get(f"/dossiers/{lapsed.reference}/"))
    for words in ("Arrivé à temps, saisi après l'échéance", WHY, "reçu par courrier le 18/11/2026", "Camille Porteur"):
        assert words in page
