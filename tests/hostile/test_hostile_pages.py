"""No page of the instruction, of the applicant, of an expert or of the public holds markup that somebody typed."""

import pytest
from django.urls import reverse

from projects.instruction.tabs import DESK_PAGES, DOSSIER_TABS
from tests.hostile.corpus import MARK, Page, faults_of_headers, faults_of_html

TEAM = ("officer", "head", "director", "legal", "dgos")
STATES = ("reviewed", "waiting", "running", "refused", "specification", "experiment", "judged")


def read(client, address: str):
    """Return the answer and the page, once nothing of the corpus got out of its place."""
    answer = client.get(address, follow=True)
    if answer.status_code == 200:
        assert faults_of_headers(answer.headers) == []
        assert faults_of_html(answer.content.decode()) == []
    return answer


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("tab", DOSSIER_TABS, ids=lambda tab: tab.name)
def test_no_page_of_a_dossier_holds_markup_of_its_applicant(world, signed_in, state, tab):
    dossier = world.dossiers[state]
    answers = [read(signed_in(who), reverse(tab.name, args=[dossier.reference])) for who in TEAM[:4]]
    seen = [answer for answer in answers if answer.status_code == 200]
    assert seen or not tab.only(dossier.procedure)
    assert all(MARK in Page(answer.content.decode()).text for answer in seen)


@pytest.mark.parametrize("page", DESK_PAGES, ids=lambda page: page.name)
def test_no_page_of_the_desk_holds_markup_of_an_applicant(world, signed_in, page):
    assert 200 in [read(signed_in(who), reverse(page.name)).status_code for who in TEAM]


ADDRESSES = """
officer /instruction/dossiers/?q=zq7
officer /instruction/dossiers/?q=%22%3E%3Cb%20zq7%3D1%3E
officer /instruction/tableau/?procedure=fir
officer /instruction/tableau/?procedure=article-51
director /instruction/parapheur/
director /instruction/{waiting}/note/
officer /instruction/{reviewed}/verifier/
officer /instruction/{reviewed}/deport/
officer /instruction/{reviewed}/documents/
officer /instruction/{reviewed}/documents/{paper}/
owner /dossiers/{reviewed}/documents/{paper}/
officer /instruction/{running}/suivi/echeancier/
officer /instruction/{running}/suivi/indicateur/
officer /instruction/{running}/suivi/valeur/
officer /instruction/{running}/suivi/evaluation/
officer /instruction/{running}/convention/
officer /instruction/{running}/avenant/
officer /instruction/{running}/avenant/contenu/
owner /dossiers/{running}/decision/{running_agreement}/
owner /dossiers/{running}/decision/{running_receipt}/
director /instruction/{running}/geste/sign-amendment/
director /instruction/{running}/geste/refuse-amendment/
officer /instruction/{reviewed}/geste/propose/
officer /instruction/{specification}/geste/consult/
officer /instruction/{specification}/cahier-des-charges/?version=2&avec=1
guest /instruction/{specification}/cahier-des-charges/
guest /instruction/{specification}/agences/
officer /instruction/jurys/{jury}/
officer /instruction/jurys/{jury}/classement/
chair /instruction/jurys/{jury}/dossiers/{judged}/
expert /instruction/avis/
expert /instruction/{reviewed}/avis/{opinion0}/
visitor /avis/{token3}/
officer /instruction/projets-envisages/{envisaged}/
guest /instruction/projets-envisages/{envisaged}/
owner /dossiers/
owner /dossiers/{draft}/
owner /dossiers/{draft}/pieces/
owner /dossiers/{draft}/deposer/
owner /dossiers/{draft}/copier/
owner /dossiers/{reviewed}/
owner /dossiers/{reviewed}/messages/
owner /dossiers/{reviewed}/verifier/
owner /dossiers/{reviewed}/recepisse-1/
owner /dossiers/{reviewed}/preuve/
owner /dossiers/{refused}/
owner /dossiers/{outside}/
owner /dossiers/{refused}/decision/{refused_decision}/
owner /dossiers/{running}/
owner /dossiers/{running}/decision/{running_decision}/
owner /dossiers/{running}/suivi/
owner /dossiers/{running}/suivi/valeur/
owner /dossiers/{running}/publication/
owner /dossiers/{specification}/cahier-des-charges/
owner /dossiers/{written}/cahier-des-charges/
owner /dossiers/{written}/cahier-des-charges/chiffres/
owner /dossiers/{experiment}/
owner /dossiers/projets/{project}/
owner /dossiers/projets/{project}/financement/
owner /dossiers/projets/{project}/partage/
owner /compte/donnees/
visitor /experimentations/
visitor /experimentations/?q=zq7
visitor /experimentations/{slug}/
visitor /leviers/fir/
visitor /leviers/article-51/
visitor /statistiques/
""".split("\n")
SILENT = ("tableau/?procedure=article-51", "/compte/donnees/", "/statistiques/", "/leviers/")


@pytest.mark.parametrize("line", [line for line in ADDRESSES if line])
def test_no_page_holds_markup_that_somebody_typed(world, signed_in, line):
    who, address = line.split(" ", 1)
    answer = read(signed_in(who), address.format(**names_of(world)))
    assert answer.status_code == 200
    if not any(silent in address for silent in SILENT):
        assert MARK in Page(answer.content.decode()).text


@pytest.mark.parametrize("state", ["draft", "specification"])
def test_no_section_holds_markup_of_its_answers(world, signed_in, state):
    dossier = world.dossiers[state]
    client = signed_in("owner")
    for section in dossier.procedure.sections:
        for address in (
            reverse("dossier-section", args=[dossier.reference, section.key]),
            reverse("project-section", args=[dossier.project.public_id, section.key]),
            reverse("dossier-section-versions", args=[dossier.reference, section.key]),
        ):
            read(client, address)


def names_of(world) -> dict[str, str]:
    """Return what the addresses are made of."""
    references = {key: one.reference for key, one in world.dossiers.items()}
    paper = world.dossiers["reviewed"].papers.free().get()
    return (
        world.names
        | {"paper": str(paper.public_id)}
        | references
        | {"project": str(world.dossiers["draft"].project.public_id)}
    )
