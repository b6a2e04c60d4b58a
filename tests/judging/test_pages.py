"""The pages of a jury, from its composition to the ranking and its sheet; and the grid of a dossier."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Post
from apist.clock import now
from apist.models import OutgoingMail
from projects.engine.door import Refused
from projects.engine.people import actor_of
from projects.engine.recording import as_the_portal
from projects.judging import composing
from projects.judging.marking import mark
from projects.models import Candidate, Judgement, Jury, MoneyLine, Participation
from projects.procedures.vocabulary import MoneyKind
from projects.retention.erasing import erase
from tests.dossier_factories import NOW, make_officer
from tests.factories import make_call, make_call_criterion
from tests.instruction.conftest import deposited, text_of
from tests.judging.builders import WORDS, filled, give, make_juror, make_jury, say
from tests.people_factories import make_agency_body

JURIES = "/instruction/jurys/"
HOSTILE = '=1+1 <script>alert(1)</script> "onload=x'
MARKS = {"mark-need": "3.5", "mark-team": "3", "words-need": "", "words-team": "", "overall": ""}


def asked(dossier, amount: str) -> None:
    """Write what a dossier asks, as its deposit would."""
    entry = dossier.journal.filter(move="deposit").first()
    MoneyLine.objects.create(
        dossier=dossier, entry=entry, kind=MoneyKind.ASKED, year=2026, amount=Decimal(amount), on=NOW.date()
    )


def revealed(jury, dossiers, *jurors) -> Jury:
    """Mark everything: the first dossier a hundred, the next ones less and less."""
    for rank, one in enumerate(dossiers):
        for juror in jurors:
            give(jury, one, juror, str(max(5 - rank, 3)), "5")
    jury.refresh_from_db()
    assert jury.state == Jury.State.REVEALED
    return jury


def test_a_jury_is_composed_opened_and_marked_from_its_pages(client, dossiers, of_the_region, chair, juror):
    client.force_login(of_the_region)
    day = now().date()
    answer = client.post(f"{JURIES}nouveau/", {
        "name": "Jury des pages", "body": of_the_region.posts.get().body_id, "subject": "procedure:tried",
        "opens_on": day.isoformat(), "closes_on": (day + timedelta(days=3)).isoformat(),
    }, follow=True)  # fmt: skip
    jury = Jury.objects.get()
    page = f"{JURIES}{jury.pk}/"
    assert answer.redirect_chain[-1][0] == page
    assert "au moins deux membres" in text_of(client.post(f"{page}ouvrir/", follow=True))
    for user in (chair, juror):
        client.post(f"{page}membres/", {"email": user.email})
    client.post(f"{page}presidence/", {"chair": chair.pk})
    client.post(f"{page}dossiers/", {"dossiers": [one.pk for one in dossiers]})
    assert not Participation.objects.filter(capacity="juror").exists()
    OutgoingMail.objects.all().delete()
    assert "Le jury est ouvert" in text_of(client.post(f"{page}ouvrir/", follow=True))
    assert OutgoingMail.objects.filter(topic=f"jury-{jury.pk}").count() == 2
    client.force_login(juror)
    assert "Jury des pages" in text_of(client.get(JURIES))
    own = f"{page}dossiers/{dossiers[0].reference}/"
    assert "Vos intérêts d'abord" in text_of(client.get(own))
    client.post(f"{own}interets/", {"conflict": "no"})
    assert "Enregistrer ma note" in text_of(client.get(own))
    assert "est enregistrée, scellée" in text_of(client.post(own, MARKS, follow=True))
    assert Judgement.objects.get().total == Decimal("67.5")


def test_a_grid_that_is_wrong_comes_back_with_everything(client, jury, dossiers, juror):
    Jury.objects.update(opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=1))
    say(jury, dossiers[0], juror)
    client.force_login(juror)
    page = f"{JURIES}{jury.pk}/dossiers/{dossiers[0].reference}/"
    html = text_of(client.post(page, {"mark-need": "1", "mark-team": "9", "overall": "Gardé 5531"}))
    assert "Dites pourquoi la note est en dessous de 3" in html
    assert "Choisissez une note de la liste." in html
    assert "Gardé 5531" in html
    assert not Judgement.objects.exists()


def test_who_has_no_part_in_a_jury_finds_none(client, jury, dossiers, stranger, applicant):
    elsewhere = make_officer(make_agency_body("76"))
    for user in (stranger, applicant, elsewhere):
        client.force_login(user)
        html = text_of(client.get(JURIES))
        assert "Aucun jury" in html
        assert jury.name not in html
        for page in ("", "classement/", "classement.csv", f"dossiers/{dossiers[0].reference}/", "modifier/"):
            assert client.get(f"{JURIES}{jury.pk}/{page}").status_code == 404, page
        for page in ("ouvrir", "reveler", "clore", "membres", "presidence", "dossiers"):
            assert client.post(f"{JURIES}{jury.pk}/{page}/", {}).status_code == 404, page


@pytest.mark.parametrize("role", [Post.Role.LEGAL, Post.Role.DIRECTOR])
def test_who_only_reads_composes_nothing(client, jury, role):
    client.force_login(make_officer(make_agency_body(), role))
    assert client.get(f"{JURIES}{jury.pk}/").status_code == 200
    assert client.get(f"{JURIES}nouveau/").status_code == 404
    for page in ("ouvrir", "clore", "membres", "presidence", "dossiers"):
        assert client.post(f"{JURIES}{jury.pk}/{page}/", {}).status_code == 404, page


def test_a_member_does_not_see_the_jury_before_it_opens(client, dossiers, of_the_region, chair, juror):
    jury = make_jury(of_the_region, dossiers, [chair, juror], opened=False)
    client.force_login(juror)
    assert client.get(f"{JURIES}{jury.pk}/").status_code == 404
    assert client.get(f"/instruction/{dossiers[0].reference}/").status_code == 404


def test_somebody_who_leaves_loses_the_dossiers_and_their_marks_do_not_count(
    client, jury, dossiers, of_the_region, juror
):
    give(jury, dossiers[0], juror)
    manager = actor_of(of_the_region, NOW)
    for user in (juror, jury.chair):
        with pytest.raises(Refused):
            composing.remove_juror(jury.pk, user.pk, manager, NOW)
    composing.add_juror(jury.pk, make_juror(), manager, NOW)
    composing.remove_juror(jury.pk, juror.pk, manager, NOW)
    client.force_login(juror)
    assert client.get(f"{JURIES}{jury.pk}/").status_code == 404
    assert client.get(f"/instruction/{dossiers[0].reference}/").status_code == 404
    assert Judgement.objects.counted().count() == 0


def test_the_ranking_sets_ranks_against_the_envelope_of_the_address(
    client, jury, dossiers, of_the_region, chair, juror
):
    asked(dossiers[0], "1000")
    asked(dossiers[1], "800")
    revealed(jury, dossiers, chair, juror)
    client.force_login(of_the_region)
    page = f"{JURIES}{jury.pk}/classement/"
    html = text_of(client.get(f"{page}?enveloppe=1500"))
    assert html.index(dossiers[0].reference) < html.index(dossiers[1].reference)
    assert "Dans l'enveloppe" in html
    assert "En partie : 500" in html.replace("\u202f", "")
    assert f"/instruction/{dossiers[0].reference}/geste/propose/" in html
    assert "Écrivez un montant" in text_of(client.get(f"{page}?enveloppe=beaucoup"))
    assert "Montant inconnu" in text_of(client.get(f"{page}?enveloppe=1500&montants=proposes"))
    rows = list(
        csv.reader(
            StringIO(client.get(f"{JURIES}{jury.pk}/classement.csv?enveloppe=1500").content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    head = rows[0]
    assert [(row[head.index("Rang")], row[head.index("Couvert par l'enveloppe")]) for row in rows[1:]] == [
        ("1", "1000,00"),
        ("2", "500,00"),
    ]


def test_what_the_jury_said_may_move_a_dossier_and_says_why(client, jury, dossiers, of_the_region, chair, juror):
    revealed(jury, dossiers, chair, juror)
    client.force_login(chair)
    page = f"{JURIES}{jury.pk}/dossiers/{dossiers[1].reference}/"
    assert "Dites pourquoi" in text_of(client.post(f"{page}deliberation/", {"final_mark": "99,5"}))
    assert "Écrivez une note" in text_of(
        client.post(f"{page}deliberation/", {"final_mark": "1e3", "final_reason": "x"})
    )
    assert (
        client.post(
            f"{page}deliberation/", {"final_mark": "100", "final_reason": "Décisif", "deliberation": "Dit"}
        ).status_code
        == 302
    )
    html = text_of(client.get(f"{JURIES}{jury.pk}/classement/"))
    assert html.count("1 ex æquo") == 2
    client.force_login(juror)
    assert client.post(f"{page}deliberation/", {"deliberation": "x"}).status_code == 404
    assert Candidate.objects.get(dossier=dossiers[1]).final_mark == 100


def test_nothing_hostile_leaves_as_a_formula_or_as_markup(client, jury, dossiers, of_the_region, chair, juror):
    for user in (chair, juror):
        for one in dossiers:
            say(jury, one, user)
            mark(jury.pk, one.pk, filled(words=HOSTILE), actor_of(user, NOW), NOW)
    Candidate.objects.update(deliberation=HOSTILE, final_mark=Decimal(50), final_reason=HOSTILE)
    for one in dossiers:
        type(one.project).objects.filter(pk=one.project_id).update(title=HOSTILE)
    Jury.objects.update(name=HOSTILE, reveal_reason=HOSTILE)
    client.force_login(of_the_region)
    for page in ("", "classement/", f"dossiers/{dossiers[0].reference}/"):
        assert "<script>alert(1)" not in client.get(f"{JURIES}{jury.pk}/{page}").content.decode(), page
    assert "<script>alert(1)" not in client.get(JURIES).content.decode()
    text = client.get(f"{JURIES}{jury.pk}/classement.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    assert cells.count(f"'{HOSTILE}") == 3 * len(dossiers)


def test_a_grid_filled_by_an_officer_is_read_by_colleagues_and_never_by_the_applicant(
    client, dossiers, of_the_region, head, applicant
):
    page = f"/instruction/{dossiers[0].reference}/grille/"
    client.force_login(of_the_region)
    assert "Grille" in text_of(client.get(f"/instruction/{dossiers[0].reference}/"))
    assert client.post(page, MARKS | {"words-need": HOSTILE}).status_code == 302
    client.force_login(head)
    html = client.get(page).content.decode()
    assert "67,50" in html
    assert "<script>alert(1)" not in html
    client.force_login(applicant)
    assert client.get(page).status_code == 404
    assert "67,50" not in text_of(client.get(f"/dossiers/{dossiers[0].reference}/"))
    entry = dossiers[0].journal.last()
    assert (entry.kind, entry.data) == ("marked", {"grid": 1})


def test_the_criteria_of_a_call_replace_those_of_the_procedure(client, judged, applicant, of_the_region):
    call = make_call()
    make_call_criterion(call, label="Critère de l'appel 6612", weight=40)
    dossier = deposited(applicant, judged, call=call)
    client.force_login(of_the_region)
    html = text_of(client.get(f"/instruction/{dossier.reference}/grille/"))
    assert "Critère de l'appel 6612" in html
    assert "Compte pour 40." in html
    assert "Le besoin est établi." not in html


def test_judgements_go_with_the_dossier(jury, dossiers, juror):
    give(jury, dossiers[0], juror)
    Candidate.objects.filter(dossier=dossiers[0]).update(deliberation=WORDS)
    with as_the_portal(dossiers[0].pk, NOW, actor_of(juror, NOW)) as desk:
        entry = erase(desk, {"cause": "essai"})
    assert entry.data["counts"]["judgements"] == 1
    assert not Judgement.objects.filter(dossier=dossiers[0]).exists()
    assert Candidate.objects.get(dossier=dossiers[0]).deliberation == ""


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_of_a_jury_ask_as_many_queries_for_thirty_dossiers_as_for_one(
    client, applicant, judged, of_the_region, chair, juror, count
):
    dossiers = [deposited(applicant, judged) for _ in range(count)]
    jury = revealed(make_jury(of_the_region, dossiers, [chair, juror]), dossiers, chair, juror)
    for _ in range(count - 1):
        Jury.objects.create(
            name="Autre",
            body=jury.body,
            procedure_key=judged.key,
            opens_at=NOW,
            closes_at=NOW + timedelta(days=1),
            created_at=NOW,
        )
    client.force_login(of_the_region)
    client.get(JURIES)
    counts = {}
    for page in ("", f"{jury.pk}/", f"{jury.pk}/classement/?enveloppe=100", f"{jury.pk}/classement.csv"):
        with CaptureQueriesContext(connection) as asked_of_the_base:
            assert client.get(f"{JURIES}{page}").status_code == 200
        counts[page.removeprefix(f"{jury.pk}/").partition("?")[0] if page else "list"] = len(asked_of_the_base)
    assert counts == {"list": 10, "": 20, "classement/": 18, "classement.csv": 18}
