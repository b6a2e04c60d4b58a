"""The pages of steering: whose figures, hostile labels, exports, queries."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from actors.models import Body, Post
from projects.models import Envelope, MoneyLine, SteeringRun
from projects.procedures.vocabulary import MoneyKind
from projects.steering import running
from tests.dossier_factories import NOW, make_officer
from tests.factories import make_lever
from tests.people_factories import department, make_organisation
from tests.steering.conftest import deposited

PAGE = "/instruction/pilotage/"
HOSTILE = ['<script>alert(1)</script>"', "=HYPERLINK(1)", "@SUM(1)", "\t=1+1"]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def cells_of(html: str, key: str) -> list[list[str]]:
    """Return the rows of one table, cell by cell."""
    section = html.split(f'<section aria-labelledby="{key}">')[1].split("</section>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", section.split("<tbody>")[1].split("</tbody>")[0], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def test_without_counts_the_page_says_so_and_offers_to_count(agent):
    client = signed_in(agent)
    assert "n'ont pas encore été comptés" in client.get(PAGE).content.decode()
    answer = client.post(f"{PAGE}actualiser/", follow=True)
    assert "Les chiffres sont à jour" in answer.content.decode()
    assert SteeringRun.objects.count() == 1


def test_an_agency_reads_its_own_figures_and_no_others(agent, guadeloupe, occitanie):
    deposited(guadeloupe)
    deposited(guadeloupe, "cpom")
    deposited(occitanie)
    running.refresh(NOW)
    client = signed_in(agent)
    html = client.get(PAGE).content.decode()
    assert sum(int(row[1]) for row in cells_of(html, "statuts")) == 2
    assert client.get(f"{PAGE}?body={guadeloupe.code}").status_code == 200
    for other in (occitanie.code, "tout", "inconnue"):
        assert client.get(f"{PAGE}?body={other}").status_code == 404
        assert client.get(f"{PAGE}statuts.csv?body={other}").status_code == 404


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}statuts.csv", "/instruction/grades/", "/instruction/campagne-mig/"])
def test_for_a_stranger_an_applicant_and_a_curator_nothing_is_there(address, stranger, applicant, guadeloupe, client):
    running.refresh(NOW)
    for user in (stranger, applicant, make_officer(guadeloupe, Post.Role.CURATOR)):
        assert signed_in(user).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert signed_in(stranger).post(f"{PAGE}actualiser/").status_code == 404


def test_whoever_runs_the_portal_reads_everything_but_what_is_confidential(admin_user, guadeloupe, occitanie):
    for body, key in ((guadeloupe, "first-contact"), (occitanie, "first-contact"), (guadeloupe, "cpom")):
        deposited(body, key)
    running.refresh(NOW)
    html = signed_in(admin_user).get(PAGE).content.decode()
    assert sum(int(row[1]) for row in cells_of(html, "statuts")) == 2
    assert "CPOM" not in html.split("<section")[1]
    assert "contrat pluriannuel" not in html.lower()


def test_the_ministry_reads_what_was_handed_to_it(dgos_agent, guadeloupe):
    deposited(guadeloupe, "mig")
    deposited(guadeloupe)
    running.refresh(NOW)
    html = signed_in(dgos_agent).get(PAGE).content.decode()
    assert sum(int(row[1]) for row in cells_of(html, "statuts")) == 1


def test_somebody_of_two_agencies_chooses_in_the_address(guadeloupe, occitanie):
    user = make_officer(guadeloupe)
    user.posts.create(body=occitanie, role=Post.Role.HEAD, since=user.posts.get().since)
    deposited(occitanie)
    running.refresh(NOW)
    client = signed_in(user)
    counts = {
        body.code: len(cells_of(client.get(f"{PAGE}?body={body.code}").content.decode(), "departements"))
        for body in (occitanie,)
    }
    assert counts == {occitanie.code: 1}
    assert "Rien à compter" in client.get(f"{PAGE}?body={guadeloupe.code}").content.decode()


def test_filters_keep_what_they_say_and_an_unknown_value_is_an_error(agent, guadeloupe, lever):
    deposited(guadeloupe, lever=lever, organisation=make_organisation(department=department("971")))
    deposited(guadeloupe)
    running.refresh(NOW)
    client = signed_in(agent)
    for query in ("lever=fir", "department=971", f"lever=fir&year={NOW.year}"):
        assert [row[1] for row in cells_of(client.get(f"{PAGE}?{query}").content.decode(), "statuts")] == ["1"]
    for query in ("lever=inconnu", "year=x", "call=<b>"):
        html = client.get(f"{PAGE}?{query}").content.decode()
        assert "Il reste un point à corriger" in html
        assert "<section" not in html
        assert client.get(f"{PAGE}statuts.csv?{query}").status_code == 404
    assert client.get(f"{PAGE}inconnu.csv").status_code == 404


def test_money_stands_against_the_envelope_and_says_what_is_left(agent, guadeloupe, lever):
    dossier = deposited(guadeloupe, lever=lever)
    for kind, amount in ((MoneyKind.GRANTED, 30_000), (MoneyKind.COMMITTED, 12_000), (MoneyKind.PAID, 5_000)):
        MoneyLine.objects.create(
            dossier=dossier, entry=dossier.journal.last(), kind=kind, year=2026, amount=amount, on=NOW.date()
        )
    Envelope.objects.create(
        body=guadeloupe, lever=lever, year=2026, amount=10_000, valid_from=NOW.date().replace(month=1), source="Essai"
    )
    running.refresh(NOW)
    client = signed_in(agent)
    row = [
        cell.replace("\u202f", " ").replace("\xa0", " ")
        for cell in cells_of(client.get(PAGE).content.decode(), "argent")[0]
    ]
    assert row[:1] + row[2:5] + row[6:] == ["2026", "30 000 €", "12 000 €", "5 000 €", "10 000 €", "-2 000 €"]
    lines = client.get(f"{PAGE}argent.csv").content.decode().splitlines()
    assert lines[1].split(";")[2:5] == ["30000", "12000", "5000"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text_on_the_page_and_in_the_file(name, agent, guadeloupe):
    deposited(guadeloupe, lever=make_lever(slug="piege", short_name=name))
    guadeloupe.name = name
    guadeloupe.save()
    running.refresh(NOW)
    client = signed_in(agent)
    html = client.get(PAGE).content.decode()
    assert "<script>alert" not in html
    assert client.get(f"{PAGE}leviers.csv").content.decode("utf-8-sig").splitlines()[1:]
    cells = [
        cell.strip('"')
        for line in client.get(f"{PAGE}leviers.csv").content.decode("utf-8-sig").splitlines()
        for cell in line.split(";")
    ]
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []


def test_a_chart_has_no_style_of_its_own_and_a_table_with_its_numbers(agent, guadeloupe):
    deposited(guadeloupe)
    running.refresh(NOW)
    html = signed_in(agent).get(PAGE).content.decode()
    panel = html.split('<section aria-labelledby="statuts">')[1]
    assert '<svg role="img" aria-label="Dossiers par statut' in panel
    assert " style=" not in panel
    assert panel.index("<svg") < panel.index("<table")


def test_counting_by_hand_waits_a_minute_and_leaves_large_bases_to_the_clock(agent, guadeloupe, monkeypatch):
    running.refresh(NOW)
    last = running.latest()
    assert not running.may_refresh(last, NOW + timedelta(seconds=59))
    assert running.may_refresh(last, NOW + timedelta(minutes=1))
    monkeypatch.setattr(running, "SMALL", -1)
    assert not running.may_refresh(last, NOW + timedelta(days=1))
    signed_in(agent).post(f"{PAGE}actualiser/")
    assert SteeringRun.objects.count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_many_queries_at_any_number(count, agent, guadeloupe, django_assert_num_queries):
    for _ in range(count):
        deposited(guadeloupe)
    running.refresh(NOW)
    client = signed_in(agent)
    with django_assert_num_queries(19):
        client.get(PAGE)
    with django_assert_num_queries(14):  # what was summed of a run is kept
        client.get(PAGE)


def test_each_kind_of_administration_sees_the_pages_that_concern_it(agent, dgos_agent, db):
    def pages(user) -> list[str]:
        return re.findall(r'portal-tabs__link" href="([^"]+)"', signed_in(user).get("/instruction/").content.decode())

    assert set(pages(agent)) >= {PAGE, "/instruction/grades/", "/instruction/campagne-mig/"}
    assert set(pages(dgos_agent)) & {"/instruction/grades/", "/instruction/campagne-mig/"} == {
        "/instruction/campagne-mig/"
    }
    cnsa = make_officer(Body.objects.create(kind=Body.Kind.CNSA, code="cnsa", name="CNSA"))
    assert "/instruction/campagne-mig/" not in pages(cnsa)
