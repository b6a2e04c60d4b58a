"""A dossier that came by post, by mail or in person, whatever the procedure: its delays run from the day it came."""

from datetime import date, datetime, timedelta
from html import unescape
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actors.models import Body
from projects.depositing.receipts import receipt_of
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.engine.reading import clock_of, known
from projects.engine.verifying import verify
from projects.instruction.entering import enterable, entering_moves, record
from projects.models import Adoption, Dossier
from projects.procedures.article_51.sections import OF_ONE_REGION, OF_SEVERAL, ORGANISATION
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import Party
from tests import factories
from tests.dossier_factories import NOW, drive, fill, make_dossier
from tests.factories import make_call
from tests.people_factories import make_agency_body, make_body, make_organisation

pytestmark = pytest.mark.django_db
ADDRESS = "/instruction/saisir/"
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def agent(client, of_the_region):
    """An officer of the region, signed in, where every procedure is deposited on the portal."""
    for procedure in LATEST.values():
        Adoption.objects.create(procedure_key=procedure.key, channel="portal", valid_from="2020-01-01")
    client.force_login(of_the_region)
    return of_the_region


def entered(agent, procedure: str, received_on: date, **fields) -> Dossier:
    """Return the draft of what was received on a day."""
    dossier = make_dossier(
        agent, procedure, organisation=make_organisation(), origin="letter", received_on=received_on, **fields
    )
    dossier.project.owner = None
    dossier.project.save()
    return dossier


def a_day_ago(days: int) -> date:
    return timezone.localtime(timezone.now()).date() - timedelta(days=days)


def told(procedure: str, received_on: date, **given) -> dict:
    """Return what the form sends for a letter that says little."""
    body = make_agency_body()
    return {
        "key": str(uuid4()), "body": body.pk, "origin": "letter", "received_on": received_on.isoformat(),
        "organisation_name": "EHPAD Les Fougères", "actor_type": factories.make_actor_type("ehpad").pk,
        "status": "private-non-profit", "region": body.region_id, "title": "Plaies à distance",
    } | given  # fmt: skip


def test_whatever_the_portal_receives_may_be_entered_but_what_is_deposited_elsewhere():
    received = {key for key, one in LATEST.items() if one.deposits}
    assert {one.key for one in enterable()} == received - {"prepared-elsewhere"}
    assert len(enterable()) > 15
    for procedure in enterable():
        for move in entering_moves(procedure):
            assert (move.by, move.counted_from, move.freezes) == ({Party.ENTERER}, "received_on", True)


def test_the_legal_delay_runs_from_the_day_of_the_letter(agent):
    dossier = entered(agent, "fir", date(2026, 11, 10))
    record(dossier, uuid4(), actor_of(agent, NOW), NOW)
    dossier.refresh_from_db()
    clock = clock_of(dossier.procedure, dossier.journal.order_by("seq"))
    assert clock.started_at == datetime(2026, 11, 10, 12, tzinfo=PARIS)
    assert clock.due_at == datetime(2027, 1, 10, 12, tzinfo=PARIS)
    assert dossier.due_at == datetime(2026, 11, 25, 12, tzinfo=PARIS)
    assert (dossier.stage, dossier.staged_at, dossier.deposited_at) == ("received", NOW, NOW)
    assert verify(dossier).is_whole


def test_what_came_today_does_not_run_before_it_is_recorded(agent):
    dossier = entered(agent, "fir", NOW.date())
    record(dossier, uuid4(), actor_of(agent, NOW), NOW)
    assert known(dossier, NOW).clock.started_at == NOW


def test_a_letter_from_tomorrow_is_refused(agent):
    dossier = entered(agent, "fir", NOW.date() + timedelta(days=1))
    with pytest.raises(Refused, match="pas encore venu"):
        record(dossier, uuid4(), actor_of(agent, NOW), NOW)
    dossier.refresh_from_db()
    assert dossier.stage == "draft"


@pytest.mark.parametrize(("day", "passes"), [(14, False), (15, True), (20, True), (21, False)])
def test_a_letter_counts_in_the_window_of_its_day_even_after_the_closing(agent, day, passes):
    call = make_call(kind="aap", events=[("opening", "2026-11-15"), ("closing", "2026-11-20")])
    dossier = entered(agent, "call-aap", date(2026, 11, day), call=call)
    if passes:
        assert record(dossier, uuid4(), actor_of(agent, NOW), NOW).to_stage == "received"
    else:
        with pytest.raises(Refused, match="pas ouvert"):
            record(dossier, uuid4(), actor_of(agent, NOW), NOW)


@pytest.mark.parametrize(
    ("answers", "stage"),
    [
        ({"scale": "REGION", "purpose": "ORGANISATION"}, "received"),
        ({"scale": "SEVERAL", "purpose": "ORGANISATION"}, "national-received"),
        ({}, None),
    ],
)
def test_a_letter_of_intent_goes_where_its_answers_say(agent, answers, stage):
    words = {"REGION": OF_ONE_REGION[0], "SEVERAL": OF_SEVERAL[0], "ORGANISATION": ORGANISATION}
    make_body(Body.Kind.RAPPORTEUR)
    dossier = entered(agent, "article-51", date(2026, 11, 10))
    if stage is None:
        with pytest.raises(Refused, match="rapporteur général"):
            record(dossier, uuid4(), actor_of(agent, NOW), NOW)
        return
    fill(dossier, {key: words[value] for key, value in answers.items()})
    assert record(dossier, uuid4(), actor_of(agent, NOW), NOW).to_stage == stage


def test_the_form_records_a_subsidy_and_every_page_says_how_it_came(catalogue, client, agent):
    day = a_day_ago(5)
    answer = client.post(f"{ADDRESS}?procedure=fir", told("fir", day, lever="fir"))
    dossier = Dossier.objects.get()
    assert (dossier.stage, dossier.received_on, dossier.lever) == ("received", day, catalogue["fir"])
    assert "envoyez l'accusé de réception sur papier" in unescape(client.get(answer["Location"]).content.decode())
    words = f"Saisi par l'agence, reçu par courrier le {day:%d/%m/%Y}"
    for address in (answer["Location"], f"/instruction/{dossier.reference}/messages/"):
        assert words in unescape(client.get(address).content.decode())
    assert words.lower() in unescape(client.get("/instruction/dossiers/").content.decode())
    document = str(receipt_of(dossier.snapshots.get()))
    assert words in document
    assert "Saisi pour le porteur par" in document


def test_the_members_of_the_organisation_read_that_it_was_entered(client, agent, applicant):
    dossier = entered(agent, "fir", date(2026, 11, 10))
    record(dossier, uuid4(), actor_of(agent, NOW), NOW)
    dossier.organisation.memberships.create(user=applicant, may_deposit=True, since=NOW)
    client.force_login(applicant)
    html = unescape(client.get(f"/dossiers/{dossier.reference}/").content.decode())
    assert "Saisi par l'agence, reçu par courrier le 10/11/2026" in html


def test_a_draft_waits_for_its_pieces_then_is_recorded_with_them(catalogue, client, agent):
    day = a_day_ago(3)
    answer = client.post(f"{ADDRESS}?procedure=fir", told("fir", day, lever="fir", pieces="1"))
    dossier = Dossier.objects.get()
    assert (dossier.stage, answer["Location"]) == ("draft", f"/dossiers/{dossier.reference}/pieces/")
    file = SimpleUploadedFile("courrier.txt", "Un courrier numérisé".encode())
    client.post(answer["Location"], {"piece": "libre", "libre-file": file})
    page = client.get(f"/instruction/{dossier.reference}/geste/enter/").content.decode()
    assert f'value="{day.isoformat()}"' in page
    data = {"seen": dossier.version, "key": str(uuid4()), "content_seen": "", "received_on": day.isoformat()}
    client.post(f"/instruction/{dossier.reference}/geste/enter/", data)
    dossier.refresh_from_db()
    assert dossier.stage == "received"
    assert [one["name"] for one in dossier.snapshots.get().content["files"]] == ["courrier.txt"]


def test_a_day_that_has_not_come_is_said_in_the_form(catalogue, client, agent):
    answer = client.post(f"{ADDRESS}?procedure=fir", told("fir", a_day_ago(-2), lever="fir"))
    assert answer.context["form"].errors["received_on"] == ["Ce jour n'est pas encore venu."]
    assert "Plaies à distance" in answer.content.decode()


def test_a_call_is_entered_under_its_own_procedure_and_not_without_one(client, agent):
    call = make_call(kind="aac")
    answer = client.post(f"{ADDRESS}?procedure=call-aap", told("call-aap", a_day_ago(1)))
    assert "call" in answer.context["form"].errors
    answer = client.post(f"{ADDRESS}?procedure=call-aap", told("call-aap", a_day_ago(1), call=call.slug))
    assert "call" in answer.context["form"].errors
    assert not Dossier.objects.exists()


def test_whoever_entered_a_dossier_answers_for_it_only_as_one_who_records_what_came(agent, head):
    dossier = entered(agent, "fir", date(2026, 11, 10))
    record(dossier, uuid4(), actor_of(agent, NOW), NOW)
    drive(dossier, "acknowledge", agent)
    drive(dossier, "ask-completion", head, answer_by="2026-12-31")
    with pytest.raises(NotAllowed):
        drive(dossier, "complete", agent)
