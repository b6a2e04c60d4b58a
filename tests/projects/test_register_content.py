"""The register as it is published: every experiment of the sources, each found by name, carrier and region."""

import re
from datetime import date

import pytest

from projects.models import Act, Discrepancy, Experiment, Feedback, Participant, Phase, Target, Twin
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db

ROWS = (Experiment, Participant, Target, Phase, Act, Discrepancy, Twin, Feedback)
CARRIERS = ("carrier", "co-carrier", "regional-carrier")
NO_CARRIER = "Porteur : à vérifier."
CHECKED, LATEST_REVIEW = date(2026, 11, 23), date(2027, 11, 23)

# slug: (part of a carrier's name, a region's code, the last day that a source gives or that follows from it);
# nothing where the sources do not say.
EXPECTED = {
    "as-du-coeur": ("Azur Sport Santé", "76", None),
    "baria-up": ("CHU) de Toulouse", "84", None),
    "cami-sport-cancer": ("CAMI", "52", None),
    "centres-sante-participatifs": ("Case de Santé", "76", date(2025, 4, 30)),
    "cocon": ("périnatalité d'Occitanie", "75", None),
    "constel-action": ("ClinAvenir", "76", None),
    "domoplaies": ("CICAT Occitanie", "76", None),
    "eqlaat": ("OPTEO", "76", date(2025, 6, 30)),
    "equilibres": ("Soignons humain", "32", date(2025, 7, 3)),
    "equip-addict": (None, "44", date(2025, 4, 30)),
    "facilisoins": (None, "76", None),
    "handiconsult-34": ("PROPARA", "76", None),
    "home-toulouse": ("Gérard Marchant", "76", None),
    "icope": ("FILIERIS", "76", date(2026, 1, 5)),
    "inspir-action": ("FHP-SSR", "93", None),
    "lymphorac": ("CHU) de Montpellier", "76", None),
    "obepedia": ("Toulouse", "04", None),
    "occitan-air": ("Occitan'Air", "76", None),
    "odysight": (None, "94", None),
    "onco-link": ("Unicancer", "28", None),
    "oralien": ("UFSBD", "52", date(2024, 9, 30)),
    "patient-blood-management": (None, "27", None),
    "pegase": (None, "76", None),
    "pharma-osys": ("pharmaciens d'Occitanie", "94", date(2025, 12, 31)),
    "precidive": ("CHU) de Toulouse", "76", None),
    "pro-irc": ("néphrologues libéraux", "32", None),
    "sante-sexuelle-communautaire": ("AIDES", "93", date(2023, 9, 30)),
    "soins-partages-psychiatrie-haute-garonne": ("Gérard Marchant", "76", None),
    "soins-partages-psychiatrie-herault": ("CHU) de Montpellier", "76", None),
    "souffrance-psychique-jeunes": ("Maisons des adolescents", None, date(2022, 12, 31)),
    "transports-sanitaires": ("FNMS", "44", None),
    "vigilance-senior": ("ADMR", "76", date(2025, 3, 31)),
}

# slug: (phase, from when its months run, its first day if given, its months, its months at most)
COUNTED = [
    ("lymphorac", "initiale", "first-inclusion", None, 24, None),
    ("lymphorac", "prolongation", "previous", None, 18, None),
    ("home-toulouse", "phase-1", "day", date(2022, 9, 27), 40, None),
    ("home-toulouse", "phase-2", "previous", None, 24, None),
    ("handiconsult-34", "transition", "day", date(2024, 1, 1), 12, 18),
    ("occitan-air", "transition", "unknown", None, 12, 15),
    ("pharma-osys", "transition", "day", date(2026, 1, 1), 12, 18),
    ("transports-sanitaires", "experimentation", "day", date(2022, 4, 1), 24, None),
]


def carriers_of(experiment: Experiment) -> str:
    """Every organisation that carries it, as one text."""
    return "\n".join(one.name for one in experiment.participants.all() if one.role in CARRIERS)


def test_the_register_holds_the_thirty_one_of_occitanie_and_the_guide_s_example(catalogue):
    assert sorted(Experiment.objects.published().values_list("slug", flat=True)) == sorted(EXPECTED)
    of_the_guide = Experiment.objects.filter(source__slug="apist-guide-2020")
    assert [one.slug for one in of_the_guide] == ["souffrance-psychique-jeunes"]


@pytest.mark.parametrize("slug", EXPECTED)
def test_an_experiment_has_the_carrier_the_region_and_the_end_that_the_sources_give(catalogue, slug):
    carrier, region, end = EXPECTED[slug]
    experiment = Experiment.objects.get(slug=slug)
    assert carrier is None or carrier in carriers_of(experiment)
    assert region is None or experiment.regions.filter(code=region).exists()
    typed = [phase.ends_on for phase in experiment.phases.all() if phase.ends_on]
    assert (max(typed) if typed else None) == end


@pytest.mark.parametrize(("slug", "key", "start", "starts_on", "months", "at_most"), COUNTED)
def test_a_phase_counts_as_its_source_does(catalogue, slug, key, start, starts_on, months, at_most):
    phase = Phase.objects.get(experiment__slug=slug, key=key)
    assert (phase.start, phase.starts_on, phase.months, phase.months_at_most) == (start, starts_on, months, at_most)
    assert phase.ends_on is None


def test_the_admin_would_accept_every_row(catalogue):
    for model in ROWS:
        for row in model.objects.all():
            row.full_clean()


def test_an_experiment_without_a_carrier_says_that_it_is_to_be_checked(catalogue):
    for experiment in Experiment.objects.published().prefetch_related("participants"):
        assert bool(carriers_of(experiment)) != experiment.text.startswith(NO_CARRIER), experiment.slug


def test_every_row_was_checked_and_is_looked_at_again_within_a_year(catalogue):
    for model in ROWS:
        for row in model.objects.all():
            assert row.verified_on >= CHECKED, row
            assert row.verified_on < row.review_due <= LATEST_REVIEW, row
            assert row.locator, row


def test_the_register_names_nobody(catalogue):
    names_a_person = re.compile(r"\b(M\.|Mme|Dr|Pr|docteur|professeur) [A-ZÉ]")
    address = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
    number = re.compile(r"(?<!\d)(\+33|0)[ .-]?[1-9]([ .-]?\d\d){4}(?!\d)")
    files = [*FIXTURES.glob("experiments/*.yaml"), FIXTURES / "experiment_twins.yaml", FIXTURES / "feedback.yaml"]
    assert len(files) == len(EXPECTED) + 2
    for path in files:
        text = re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))
        for pattern in (names_a_person, address, number):
            assert pattern.search(text) is None, (path.name, pattern.search(text))


def test_every_experiment_says_how_it_may_be_joined_and_what_became_of_it(catalogue):
    for experiment in Experiment.objects.published():
        for name in ("summary", "text", "population", "outcome_text", "join_text", "aliases"):
            assert getattr(experiment, name), (experiment.slug, name)
        assert experiment.actor_types.exists(), experiment.slug
        assert experiment.categories.filter(kind="theme").exists(), experiment.slug
        assert experiment.categories.filter(kind="innovation-field").exists(), experiment.slug


def test_those_joined_by_a_call_name_it(catalogue):
    by_call = Experiment.objects.filter(joining="by-call").values_list("slug", "join_call__slug")
    assert dict(by_call) == {
        "centres-sante-participatifs": "centres-sante-participatifs-2021",
        "facilisoins": "facilisoins-2022",
        "sante-sexuelle-communautaire": "sante-sexuelle-communautaire-2019",
        "transports-sanitaires": "transports-sanitaires-federation",
    }


def test_a_director_of_a_nursing_home_in_haute_garonne_finds_the_oral_health_of_residents(catalogue):
    found = Experiment.objects.filter(actor_types__slug="ehpad", departments__code="31", aliases__icontains="dents")
    oralien = found.get()
    assert oralien.slug == "oralien"
    assert [(one.number, one.unit, one.region.name) for one in oralien.targets.all()] == [(17, "EHPAD", "Occitanie")]


def test_the_exit_of_the_participative_centres_is_not_a_straight_road(catalogue):
    centres = Experiment.objects.get(slug="centres-sante-participatifs")
    assert centres.outcome == "rework"
    assert centres.targets.filter(key="structures-droit-commun", number=60).exists()
    assert centres.discrepancies.filter(key="transition").exists()


def test_what_the_sources_contradict_is_said(catalogue):
    contradicted = {
        ("home-toulouse", "duree"),
        ("equip-addict", "portee"),
        ("sante-sexuelle-communautaire", "classement"),
        ("occitan-air", "quinze-mois"),
        ("cocon", "portee"),
        ("pharma-osys", "regions"),
    }
    assert contradicted <= set(Discrepancy.objects.values_list("experiment__slug", "key"))
    reach = dict(Experiment.objects.values_list("slug", "reach"))
    assert reach["equip-addict"] == reach["cocon"] == "interregional"


def test_the_second_phase_of_home_is_optional_and_conditional(catalogue):
    phase = Phase.objects.get(experiment__slug="home-toulouse", key="phase-2")
    assert phase.is_optional
    assert phase.condition


def test_twins_of_the_register_know_each_other(catalogue):
    pairs = set(Twin.objects.filter(other__isnull=False).values_list("experiment__slug", "other__slug"))
    assert {(other, one) for one, other in pairs} == pairs
    assert ("soins-partages-psychiatrie-haute-garonne", "soins-partages-psychiatrie-herault") in pairs
    assert Twin.objects.filter(experiment__slug="home-toulouse", where="Marseille").exists()


def test_acts_and_feedback_can_be_read_where_they_were_published(catalogue):
    assert Act.objects.get(experiment__slug="home-toulouse").published_in.startswith("Recueil des actes administratifs")
    assert Act.objects.get(experiment__slug="cocon").url.startswith("https://solidarites-sante.gouv.fr/")
    quoted_by_the_agency = {"centres-participatifs-rapport-final"}
    without_address = set(Feedback.objects.filter(url="").values_list("slug", flat=True))
    assert without_address == quoted_by_the_agency
    for feedback in Feedback.objects.all():
        assert feedback.experiments.exists() or feedback.levers.exists(), feedback.slug
