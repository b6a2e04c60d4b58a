"""The portfolio of a regional group for e-health, and one campaign of international cooperation."""

import re
from datetime import timedelta

import pytest

from actors.models import Body, Post
from projects.models import MoneyLine
from projects.procedures.vocabulary import MoneyKind
from projects.steering.campaign import campaign, years
from projects.steering.delegated import portfolio, projects_of
from tests.dossier_factories import NOW, drive, make_officer
from tests.factories import make_agency, make_region
from tests.people_factories import make_agency_body, make_body
from tests.steering.conftest import deposited
from tests.steering.test_pages import HOSTILE, signed_in

GRADES, MIG = "/instruction/grades/", "/instruction/campagne-mig/"
DAY = timedelta(days=1)
WEIGHTS = dict.fromkeys(("team_fits", "shared_aims", "partnership", "geography"), "3")


@pytest.fixture
def group(guadeloupe):
    """Return somebody of the regional group."""
    return make_officer(make_body(Body.Kind.GRADES, region=guadeloupe.region))


def running_project(body, agent, group, days_ago: int = 300, **said):
    """Return a project that the group carries out since some days."""
    dossier = deposited(body, "grades-support", days_ago=days_ago)
    people = {role: make_officer(body, role) for role in (Post.Role.LEGAL, Post.Role.DIRECTOR)}
    at = NOW - (days_ago - 1) * DAY
    for move, by, given in (
        ("acknowledge", agent, {}),
        ("admit", agent, {}),
        (
            "deliver-study",
            group,
            {"capacity": "Deux chefs de projet", "use_indicators": "Connexions", "cost": "80000"} | said,
        ),
        ("check-strategy", agent, {}),
        ("propose", agent, {"outcome": "grant"}),
        ("check", people[Post.Role.LEGAL], {}),
        ("sign", people[Post.Role.DIRECTOR], {}),
        ("notify-grant", agent, {}),
        ("propose-agreement", group, {}),
        ("sign-as-carrier", dossier.project.owner, {}),
        ("sign-for-group", group, {}),
    ):
        drive(dossier, move, by, at, **given)
    return dossier


def test_agency_and_group_see_progress_money_capacity_use_and_the_report_due(guadeloupe, agent, group):
    dossier = running_project(guadeloupe, agent, group)
    drive(dossier, "report-use", group, NOW - 200 * DAY, progress="Moitié faite", use="120 connexions")
    MoneyLine.objects.create(
        dossier=dossier, entry=dossier.journal.last(), kind=MoneyKind.PAID, year=2026, amount=4000, on=NOW.date()
    )
    for user in (agent, group):
        html = signed_in(user).get(GRADES).content.decode()
        for words in (
            dossier.reference,
            "Moitié faite",
            "120 connexions",
            "Deux chefs de projet",
            "Connexions",
            "En retard",
        ):
            assert words in html
        assert "80\u202f000" in html
        assert "4\u202f000" in html
    project = projects_of(portfolio_of(agent), NOW)[0]
    assert project.report_due.date().isoformat() == "2026-11-12"
    drive(dossier, "report-use", group, NOW - DAY)
    assert not projects_of(portfolio_of(agent), NOW)[0].is_late


def portfolio_of(user):
    from_rights = signed_in(user).get(GRADES).context["seat"].actor.holdings
    return portfolio(from_rights)


def test_another_agency_and_another_group_see_nothing_of_it(guadeloupe, occitanie, agent, group):
    dossier = running_project(guadeloupe, agent, group)
    for user in (make_officer(occitanie), make_officer(make_body(Body.Kind.GRADES, region=occitanie.region))):
        html = signed_in(user).get(GRADES).content.decode()
        assert dossier.reference not in html
        assert "Aucun projet confié" in html


def test_the_ministry_has_no_portfolio(dgos_agent):
    assert signed_in(dgos_agent).get(GRADES).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_portfolio_asks_as_many_queries_at_any_number(count, guadeloupe, agent, django_assert_num_queries):
    for _ in range(count):
        deposited(guadeloupe, "grades-support")
    client = signed_in(agent)
    with django_assert_num_queries(13):
        client.get(GRADES)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_wrote_is_text(words, guadeloupe, agent, group):
    dossier = running_project(guadeloupe, agent, group, capacity=words)
    dossier.project.title = words
    dossier.project.save()
    drive(dossier, "report-use", group, NOW, progress=words, use=words)
    assert "<script>alert" not in signed_in(agent).get(GRADES).content.decode()


def rows_of(html: str, caption: str) -> list[list[str]]:
    table = html.split(f'aria-label="{caption}"')[1].split("</table>")[0].split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def test_the_ministry_sees_the_campaign_of_every_agency_those_without_included(dgos_agent, guadeloupe, occitanie):
    make_agency(region=make_region(code="11"))  # an agency without a seat on the portal
    told = deposited(guadeloupe, "mig")
    deposited(guadeloupe, "mig")
    drive(told, "territorial-opinion", make_officer(guadeloupe), NOW - DAY, coherent="partly")
    html = signed_in(dgos_agent).get(f"{MIG}?year=2026").content.decode()
    agencies = {row[0]: row[1:] for row in rows_of(html, "La campagne, agence par agence")}
    assert agencies[guadeloupe.agency.name][:3] == ["2", "2", "1"]
    assert agencies[occitanie.agency.name][:3] == ["0", "0", "0"]
    assert len(agencies) == 3
    assert "dont 2 sans dossier" in html
    lines = {row[0].split("·")[-1].strip(): row[3:7] for row in rows_of(html, "La campagne, dossier par dossier")}
    assert [value for name, value in lines.items() if told.reference in name] == [
        ["Les deux", "Cohérent en partie", "Pas encore", "Pas encore"]
    ]


def test_agencies_are_in_the_order_of_their_regions_whatever_the_article_or_the_accent(dgos_agent, guadeloupe):
    for code, name in (("11", "Île-de-France"), ("94", "Corse"), ("76", "Occitanie")):
        make_agency(region=make_region(code=code, name=name), name=f"Agence régionale de santé de {name}")
    html = signed_in(dgos_agent).get(f"{MIG}?year=2026").content.decode()
    names = [row[0].split()[-1] for row in rows_of(html, "La campagne, agence par agence")]
    assert [name for name in names if name != "01"] == ["Corse", "Île-de-France", "Occitanie"]


def test_a_decision_and_its_criteria_are_told(dgos_agent, guadeloupe):
    dossier = deposited(guadeloupe, "mig")
    drive(dossier, "go-without-opinion", dgos_agent, NOW - DAY)
    for move, given in (
        ("admit", {}),
        ("weigh", WEIGHTS),
        ("decide", {"outcome": "grant", "amount_granted": "15000"}),
        ("notify-grant", {}),
    ):
        drive(dossier, move, dgos_agent, NOW - DAY, **given)
    seat = signed_in(dgos_agent).get(MIG).context["seat"]
    found = campaign(seat.actor.holdings, 2026, [guadeloupe.agency])
    line = found.lines[0]
    assert (line.opinion, line.criteria, line.outcome, line.amount) == (
        "Passé outre, sans avis",
        "10 sur 10",
        "Accordé",
        15000,
    )
    assert (found.agencies[0].opinions, found.agencies[0].granted, found.agencies[0].amount) == (0, 1, 15000)
    assert years(seat.actor.holdings, NOW.date().replace(year=2028)) == [2028, 2026]


def test_an_agency_sees_its_own_row_and_dossiers_alone(agent, guadeloupe, occitanie):
    make_body(Body.Kind.DGOS)
    mine, other = deposited(guadeloupe, "mig"), deposited(occitanie, "mig")
    html = signed_in(agent).get(f"{MIG}?year=2026").content.decode()
    assert [row[0] for row in rows_of(html, "La campagne, agence par agence")] == [guadeloupe.agency.name]
    assert mine.reference in html
    assert other.reference not in html


def test_a_campaign_that_never_was_is_an_error_and_this_year_is_shown(agent):
    answer = signed_in(agent).get(f"{MIG}?year=1999")
    assert answer.status_code == 200
    assert "Il reste un point à corriger" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_a_campaign_asks_as_many_queries_at_any_number(count, dgos_agent, guadeloupe, django_assert_num_queries):
    make_agency_body("76")
    for _ in range(count):
        deposited(guadeloupe, "mig")
    client = signed_in(dgos_agent)
    with django_assert_num_queries(13):
        client.get(f"{MIG}?year=2026")
