"""The sheet and the roadmap as PDF, read back: what the pages say, in their order, for those who read with a machine."""

from datetime import date
from itertools import pairwise

import pytest

from apist.sharing import HEAVY
from levers.models import Lever
from tests import factories
from tests.pages.addresses import PAGES
from tests.pages.documents import Pdf
from tests.pages.reading import link, visit

ROADMAP = "/diagnostic/feuille-de-route.pdf"
PROFILE = "actor_type=ehpad&region=76&needs_derogation=false"
SHEETS = [address.split("/")[2] for address in PAGES["leviers/<slug:slug>/"]]
SHEET_WEIGHT = 250_000
ROADMAP_WEIGHT = 300_000
"""What the links say, in bytes."""


def document(client, address: str) -> Pdf:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/pdf"
    return Pdf(answer.content)


def assert_levels_follow(pdf: Pdf) -> None:
    """No level of heading is skipped, and the title alone is of the first."""
    levels = [level for level, _ in pdf.headings()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(then <= before + 1 for before, then in pairwise(levels))


@pytest.mark.parametrize("slug", SHEETS)
def test_the_sheet_of_every_lever_is_a_titled_tagged_french_document(slug, catalogue, client):
    pdf = document(client, f"/leviers/{slug}/fiche.pdf")
    assert pdf.title == catalogue[slug].title
    assert pdf.root["/Lang"] == "fr-FR"
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.xmp
    assert "<xmpMM:DocumentID>" in pdf.xmp
    assert pdf.untagged() == []
    assert_levels_follow(pdf)
    assert "\ufffd" not in pdf.text
    assert all(address and said for address, said in pdf.links())


def test_every_sheet_weighs_what_its_link_says_and_can_be_kept(catalogue, client):
    weights = {slug: len(client.get(f"/leviers/{slug}/fiche.pdf").content) for slug in catalogue}
    assert max(weights.values()) <= min(SHEET_WEIGHT, HEAVY), weights


def test_the_sheet_says_in_order_what_the_page_says(catalogue, client):
    pdf, page = document(client, "/leviers/fir/fiche.pdf"), visit(client, "/leviers/fir/")
    assert [words for level, words in pdf.headings() if level == 2] == [
        "L'essentiel",
        "Puis-je le porter ?",
        "Ce qu'il paie ou permet",
        "Ce qui est demandé au projet",
        "Comment cela se passe",
        "Quand",
        "Préparer un dossier et le déposer",
        "À qui s'adresser",
        "Exemples",
        "Avec les autres leviers",
        "Textes et ressources",
        "Sources de cette fiche",
    ]
    text = pdf.text
    for step in catalogue["fir"].steps.all():
        assert step.title in text
        assert step.title in page.text
    amounts = [row for row in pdf.names() if row == "TH"]
    assert len(amounts) == 3 * pdf.names().count("Table")
    assert ("http://testserver/leviers/fir/", "http://testserver/leviers/fir/") in pdf.links()


def test_a_lever_with_nothing_but_its_name_has_its_sheet(db, client):
    lever = factories.make_lever()
    pdf = document(client, f"/leviers/{lever.slug}/fiche.pdf")
    assert_levels_follow(pdf)
    assert "Le lieu de dépôt reste à vérifier auprès de l'agence." in pdf.text
    assert "Table" not in pdf.names()


def test_what_a_curator_types_is_never_markup(db, client):
    lever = factories.make_lever(title="*Aide* #1 \\ $x$", description='#panic("non")\n\n- un _point_\n- `deux`')
    factories.make_step(lever, title="= Étape", text="- a\n- b", actor="<qui>")
    factories.make_amount(lever, label="[crochets]", minimum=10)
    text = document(client, f"/leviers/{lever.slug}/fiche.pdf").text
    for words in ("*Aide* #1 \\ $x$", '#panic("non")', "un _point_", "`deux`", "= Étape", "<qui>", "[crochets]"):
        assert words in text


def test_there_is_no_sheet_of_a_draft_or_of_nothing(db, client):
    draft = factories.make_lever(publication=Lever.Publication.DRAFT)
    assert client.get(f"/leviers/{draft.slug}/fiche.pdf").status_code == 404
    assert client.get("/leviers/inconnu/fiche.pdf").status_code == 404


def test_files_have_names_that_say_what_they_are(catalogue, client):
    assert client.get("/leviers/fir/fiche.pdf").headers["Content-Disposition"] == 'attachment; filename="fiche-fir.pdf"'
    name = client.get(ROADMAP).headers["Content-Disposition"].removeprefix('attachment; filename="feuille-de-route-')
    assert date.fromisoformat(name.removesuffix('.pdf"'))


def test_a_sheet_is_kept_until_the_content_moves(catalogue, client, django_assert_num_queries):
    address = "/leviers/fir/fiche.pdf"
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert again.content == first.content
    seal = first.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": seal}).status_code == 304
    lever = catalogue["fir"]
    lever.summary = "Une autre phrase."
    lever.save()
    changed = client.get(address, headers={"If-None-Match": seal})
    assert changed.status_code == 200
    assert "Une autre phrase." in Pdf(changed.content).text


def test_the_roadmap_says_what_is_kept_what_is_set_aside_and_why(catalogue, client):
    pdf = document(client, f"{ROADMAP}?{PROFILE}")
    assert pdf.title == "Feuille de route de votre projet"
    assert_levels_follow(pdf)
    parts = [words.split(" (")[0] for level, words in pdf.headings() if level == 2]
    assert parts == [
        "Vos réponses",
        "Réponses qui manquent",
        "Ce qui est retenu",
        "Ce qui est écarté, et pourquoi",
        "Appels ouverts pour ce profil",
        "Prochaines étapes",
    ]
    titles = [words for level, words in pdf.headings() if level == 3]
    assert len(titles) == len(catalogue)
    assert f"{catalogue['fir'].title} : à confirmer" in titles
    assert catalogue["tiga"].title in titles
    text = pdf.text
    assert text.count("Source :") >= len(catalogue)
    assert "Type d'acteur : Établissement d'hébergement pour personnes âgées dépendantes (EHPAD)" in text
    assert "elle seule peut dire oui ou non" in text


def test_the_roadmap_and_the_page_agree_on_every_lever(catalogue, client):
    page = visit(client, f"/diagnostic/resultats/?{PROFILE}")
    pdf = document(client, f"{ROADMAP}?{PROFILE}")
    told = " ".join(words for level, words in pdf.headings() if level == 3)
    for section, words in (("to-confirm", "à confirmer"), ("not-eligible", "")):
        for found in page.one("section", aria_labelledby=section).all("article"):
            title = found.one("h3").text
            closed = any("On ne peut plus y entrer" in text.text for text in found.all("p"))
            assert (f"{title} : {words}" if words and not closed else title) in told


def test_the_roadmap_of_another_day_says_so(catalogue, client):
    text = document(client, f"{ROADMAP}?on=2020-10-01&{PROFILE}").text
    assert "avec les règles en vigueur le 1er octobre 2020" in text
    assert "Ces règles ne sont pas celles du jour" in text
    assert "Ces règles ne sont pas celles du jour" not in document(client, f"{ROADMAP}?{PROFILE}").text


def test_answers_that_are_not_understood_are_named(catalogue, client):
    text = document(client, f"{ROADMAP}?trl=zz&actor_type=ehpad").text
    assert "Réponses non comprises, laissées de côté : maturité technologique." in text


def test_without_answers_there_is_a_roadmap_that_says_what_is_missing(catalogue, client):
    text = document(client, ROADMAP).text
    assert "Vous n'avez répondu à aucune question : tout reste ouvert." in text
    assert "Dire votre région dans le diagnostic" in text


def test_an_empty_catalogue_has_its_roadmap(db, client):
    text = document(client, ROADMAP).text
    assert "Aucun levier ouvert n'est retenu pour ces réponses." in text
    assert "Aucun levier n'est écarté." in text


@pytest.mark.parametrize(
    "query", [PROFILE, "actor_type=entreprise-start-up", "actor_type=commune-intercommunalite", ""]
)
def test_the_roadmap_weighs_what_its_link_says(query, catalogue, client):
    assert len(client.get(f"{ROADMAP}?{query}").content) <= ROADMAP_WEIGHT


def test_the_roadmap_costs_one_query_once_the_content_is_known(catalogue, client, django_assert_num_queries):
    client.get(f"{ROADMAP}?{PROFILE}")
    with django_assert_num_queries(1):
        answer = client.get(f"{ROADMAP}?{PROFILE}")
    seal = answer.headers["ETag"]
    assert client.get(f"{ROADMAP}?{PROFILE}", headers={"If-None-Match": seal}).status_code == 304


def test_the_pages_lead_to_their_documents(catalogue, client):
    sheet = visit(client, "/leviers/fir/")
    words = "Télécharger cette fiche (PDF accessible, en français, moins de 250 Ko)"
    assert link(sheet, words)["href"] == "/leviers/fir/fiche.pdf"
    results = visit(client, f"/diagnostic/resultats/?{PROFILE}")
    address = link(results, "Télécharger la feuille de route (PDF accessible, en français, moins de 300 Ko)")["href"]
    assert "Type d'acteur : Établissement d'hébergement" in document(client, address).text
