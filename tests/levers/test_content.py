"""The content itself: complete, sourced, dated, and nobody's private life."""

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from actors.models import ActorType, Agency, Department, Region, Source, Sourced
from apist.fixtures import covered_models
from levers.facts import ACTOR_TYPES, DEPARTMENTS, REGIONS
from levers.models import Criterion
from levers.models import Path as Way

ROOT = Path(__file__).resolve().parents[2]
VERBATIM = ROOT.parent / "shared/tools/verbatim"

SLUGS = [
    "fir", "cpom", "article-51", "ami-aap-aac", "mig-cooperation-internationale", "achats-innovants",
    "conference-des-financeurs", "tiga", "indemand", "structures-3-0", "esms-numerique", "grades",
]  # fmt: skip

GENERIC_ADDRESSES = {
    "ars-bfc-art51@ars.sante.fr",
    "rg-art51@sante.gouv.fr",
    "ars-ara-prevention-promotion-sante@ars.sante.fr",
    "ars-dt35-direction@ars.sante.fr",
    "ars-paca-innovations@ars.sante.fr",
    "ars-pdl-esante@ars.sante.fr",
    "dgos-sr2@sante.gouv.fr",
    "structures3-0@sante.gouv.fr",
}
"""The service addresses that may appear; another one is to be judged before it is added here."""


def test_the_twelve_levers_are_there_in_the_order_of_the_guide(catalogue):
    assert list(catalogue) == SLUGS


def test_places_and_actors_are_those_of_the_contract(catalogue):
    assert set(ActorType.objects.values_list("slug", flat=True)) == set(ACTOR_TYPES)
    assert set(Region.objects.values_list("code", flat=True)) == set(REGIONS)
    assert set(Department.objects.values_list("code", flat=True)) == set(DEPARTMENTS)
    assert Agency.objects.count() == 18


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sheet_has_every_part_that_a_reader_needs(catalogue, slug):
    lever = catalogue[slug]
    assert {role.audience for role in lever.roles.all()} == {"acteur-de-sante", "industrie", "autres"}
    parts = ("steps", "deposits", "references", "windows", "criteria")
    assert {part: getattr(lever, part).exists() for part in parts} == dict.fromkeys(parts, True)
    assert lever.criteria.filter(blocking=True).exists()
    assert not lever.deposits.filter(channel="portal").exists(), "no dossier can be deposited here yet"


def test_every_row_says_where_it_was_read_and_when_to_look_again(catalogue):
    for model in covered_models():
        if issubclass(model, Sourced):
            for row in model.objects.select_related("source"):
                assert row.locator or row.source.url or model in (Region, Department), f"{model.__name__} {row}"
                assert row.review_due > row.verified_on, f"{model.__name__} {row}"


def test_a_source_has_an_address_or_says_which_document_it_is(catalogue):
    nameless = [s.slug for s in Source.objects.all() if not (s.url or s.document or s.publisher)]
    assert nameless == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lever_has_a_blocking_criterion_on_every_day(catalogue, slug):
    criteria = list(catalogue[slug].criteria.filter(blocking=True))
    day = date(2018, 1, 1)
    while day < date(2028, 1, 1):
        assert any(criterion.holds(day) for criterion in criteria), day
        day += timedelta(days=30)


def test_every_criterion_and_condition_can_be_evaluated(catalogue):
    for criterion in Criterion.objects.prefetch_related("conditions"):
        criterion.full_clean()
        for condition in criterion.conditions.all():
            condition.full_clean()


def test_a_path_goes_around_a_blocking_criterion_on_the_actor(catalogue):
    for way in Way.objects.select_related("criterion").prefetch_related("actor_types"):
        assert way.criterion.about == "actor"
        assert way.criterion.blocking
        assert way.criterion.lever_id == way.lever_id
        if way.actor_types.all():
            assert way.criterion.fact == "actor_type"


def test_only_generic_addresses_are_published():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "fixtures").rglob("*.yaml"))
    found = {address.lower() for address in re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]*\w", text)}
    assert found <= GENERIC_ADDRESSES


def test_no_sentence_is_copied_from_the_founding_documents():
    """The tool lists addresses too: a line that is nothing but an address is not a sentence."""
    if not VERBATIM.exists():
        pytest.fail("Il manque ../shared/tools/verbatim : la CI place shared/ à côté du dépôt, faites de même.")
    run = subprocess.run([sys.executable, VERBATIM], cwd=ROOT, capture_output=True, text=True, check=False)
    rows = [line for line in run.stdout.splitlines() if " words as in " in line]
    assert [row for row in rows if not is_an_address(row)] == []


def is_an_address(row: str) -> bool:
    """Whether what the tool found, « file:line: … », stands on a line that holds an address and nothing else."""
    name, number, _ = row.split(":", 2)
    line = (ROOT / name).read_text(encoding="utf-8").splitlines()[int(number) - 1]
    return re.fullmatch(r"\s*url: https?://\S+", line) is not None


def test_the_sentences_of_the_guide_given_twice_give_one_sheet(catalogue):
    for slug in ("fir", "article-51", "ami-aap-aac"):
        texts = [role.text for role in catalogue[slug].roles.all()]
        assert len(set(texts)) == 3


def test_no_text_begins_or_ends_with_a_blank(catalogue):
    """A form takes such blanks away: the first save would change what nobody touched."""
    for model in covered_models():
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model.objects.values(*names):
            assert [n for n, text in row.items() if isinstance(text, str) and text != text.strip()] == [], row
