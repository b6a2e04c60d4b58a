"""The real content: everything that the page of the agency of Occitanie lists is found, by name, carrier and region."""

from datetime import date
from urllib.parse import urlencode

import pytest

from levers.models import Lever
from projects import actions
from projects.models import Experiment
from projects.register.joining import Join
from projects.register.schedule import Status, schedule_of, status_of
from tests.pages.reading import visit
from tests.pages.test_experiments_page import slugs

LISTED = [
    ("constel-action", "Constel'Action", "ClinAvenir"),
    ("precidive", "PRéCIDIVE", "CHU de Toulouse"),
    ("lymphorac", "LymphoRac", "CHU Montpellier"),
    ("domoplaies", "DOMOPLAIES", "CICAT Occitanie"),
    ("soins-partages-psychiatrie-haute-garonne", "soins partagés psychiatrie Haute-Garonne", "CH Marchant"),
    ("soins-partages-psychiatrie-herault", "DSPP Hérault", "CHU de Montpellier"),
    ("cocon", "COCON", "réseau périnatalité"),
    ("home-toulouse", "HOME", "Centre Hospitalier Gérard Marchant"),
    ("obepedia", "OBEPEDIA", "Centre Spécialisé de l'Obésité de Toulouse"),
    ("as-du-coeur", "As du Cœur", "clinique de Saint-Orens"),
    ("pegase", "PEGASE", "pouponnières Gard"),
    ("icope", "ICOPE", "Gérontopôle CHU de Toulouse"),
    ("oralien", "ORALIEN", "UFSBD"),
    ("onco-link", "Onco'Link", "Institut Universitaire du Cancer de Toulouse"),
    ("pro-irc", "Pro IRC", "Céret"),
    ("baria-up", "BARIA UP", "Hospices Civils de Lyon"),
    ("inspir-action", "Inspir'Action", "Clinique du Souffle La Vallonie"),
    ("cami-sport-cancer", "CAMI SPORT et CANCER", "CH Jacques Puel Rodez"),
    ("odysight", "OdySight", "Tarn-et-Garonne"),
    ("pharma-osys", "PHARMA OSYS", "URPS Pharmaciens Occitanie"),
    ("transports-sanitaires", "TRANSPORTS FNMS", "FNMS"),
    ("patient-blood-management", "IF PBM", "CHU de Montpellier"),
    ("centres-sante-participatifs", "centres et maisons de santé participatifs", "La Case de Santé"),
    ("facilisoins", "Facilisoins", "fondation Marie Louise"),
    ("occitan-air", "réhabilitation respiratoire", "Occitan'Air"),
    ("handiconsult-34", "HandiConsult'34", "PROPARA"),
    ("vigilance-senior", "Vigilance Sénior", "ADMR"),
    ("equip-addict", "Equip'Addict", "microstructures"),
    ("eqlaat", "EqLaat", "CICAT"),
    ("equilibres", "EQUILIBRES", "Soignons humain"),
    ("sante-sexuelle-communautaire", "santé sexuelle", "AIDES"),
]
"""For each one: its address, its name there, who carries it or a site that is named."""


@pytest.mark.parametrize(("slug", "name", "who"), LISTED)
def test_each_experiment_is_found_by_name_by_carrier_and_in_its_region(slug, name, who, catalogue, client):
    for asked in ({"q": name}, {"q": who}, {"q": name, "region": "76"}):
        assert slug in slugs(visit(client, f"/experimentations/?{urlencode(asked)}")).split(), asked


def test_the_table_holds_every_experiment_of_the_agency_and_the_guides_own_example(catalogue):
    listed = {slug for slug, _, _ in LISTED}
    assert set(Experiment.objects.published().values_list("slug", flat=True)) == listed | {
        "souffrance-psychique-jeunes"
    }


def test_lymphorac_ends_where_the_source_says_by_computation(catalogue):
    lymph = Experiment.objects.get(slug="lymphorac")
    schedule = schedule_of(lymph.phases.all(), lymph.first_inclusion_on)
    assert schedule.ends == date(2025, 12, 12)
    assert schedule.stretches[-1].computed == date(2025, 12, 12)


def test_home_exceeds_five_years_only_with_its_optional_phase(catalogue):
    home = Experiment.objects.get(slug="home-toulouse")
    (limit,) = schedule_of(home.phases.all(), home.first_inclusion_on).limits
    assert (limit.exceeded, limit.would_be_exceeded) == (False, True)


def test_an_end_that_its_own_months_contradict_is_a_contradiction_that_is_written(catalogue):
    silent = []
    for one in Experiment.objects.prefetch_related("phases", "discrepancies"):
        stretches = schedule_of(one.phases.all(), one.first_inclusion_on).stretches
        if any(stretch.disagrees for stretch in stretches) and not one.discrepancies.all():
            silent.append(one.slug)
    assert silent == []


@pytest.mark.parametrize("at", ["2019-01-01", "2024-09-30", "2026-11-23", "2035-01-01"])
def test_nothing_goes_on_after_its_known_end(at, catalogue):
    for one in Experiment.objects.prefetch_related("phases"):
        schedule = schedule_of(one.phases.all(), one.first_inclusion_on)
        if schedule.ends and schedule.ends < date.fromisoformat(at):
            status = status_of(schedule, one.outcome, date.fromisoformat(at))
            assert status in (Status.TO_CHECK, Status.ENDED, Status.ORDINARY_LAW), one.slug


def test_what_is_published_could_be_published_again(catalogue):
    for one in Experiment.objects.published():
        actions.publish_experiment(one)


def test_the_json_gives_all_of_it_and_no_past_yes(catalogue, client):
    rows = client.get("/api/v1/experiments/").json()["results"]
    assert len(rows) == Experiment.objects.published().count()
    assert [row["slug"] for row in rows if row["joining"] == Join.YES and row["status"] == Status.TO_CHECK] == []


def test_the_lever_of_article_51_lists_its_experiments(catalogue, client):
    page = visit(client, "/leviers/article-51/")
    own = Experiment.objects.published().filter(lever=Lever.objects.get(slug="article-51")).count()
    assert own > 20
    assert f"Voir les {own} expérimentations de ce levier" in page.text
