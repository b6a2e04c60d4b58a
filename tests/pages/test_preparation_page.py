"""``/preparer/``: the conditions, the self-assessment, the message that is kept nowhere, digital rules, a group."""

import logging
import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Region
from levers.models import Criterion, Lever
from levers.preparation.assessment import ITEM_KEYS
from levers.preparation.conditions import CONDITIONS
from levers.preparation.message import LONGEST
from tests import factories
from tests.pages.reading import fields, link, query, read, visit

START = "/preparer/"
RESULT = "/preparer/bilan/"
MESSAGE = "/preparer/message/"
DIGITAL = "/preparer/numerique/"
GROUP = "/preparer/former-un-groupe/"


def texts(page, tag: str, css: str = "") -> list[str]:
    return [element.text for element in page.all(tag, css)]


def form_of(page):
    (form,) = [form for form in page.one("main").all("form") if form.get("role") != "search"]
    return form


# --- The door ---------------------------------------------------------------


def test_the_first_page_leads_to_the_six_conditions_the_tools_and_every_lever(catalogue, client):
    page = visit(client, START)
    hrefs = [anchor["href"] for anchor in page.one("main").all("a")]
    assert [href for href in hrefs if href.strip("/").split("/")[-1] in {one.slug for one in CONDITIONS}][:6] == [
        f"/preparer/{condition.slug}/" for condition in CONDITIONS
    ]
    assert {MESSAGE, DIGITAL, GROUP, RESULT} <= set(hrefs)
    assert {href for href in hrefs if href.startswith("/preparer/levier/")} == {
        f"/preparer/levier/{slug}/" for slug in catalogue
    }


def test_closed_levers_are_apart(catalogue, client):
    folded = visit(client, START).one("main").one("details", "portal-accordion")
    closed = {anchor["href"].split("/")[-2] for anchor in folded.all("a")}
    assert closed == {"tiga", "indemand", "structures-3-0", "esms-numerique"}


def test_a_draft_is_not_offered(db, client):
    factories.make_lever(slug="brouillon", publication=Lever.Publication.DRAFT)
    assert [a for a in visit(client, START).all("a") if "brouillon" in (a.get("href") or "")] == []


@pytest.mark.parametrize("address", [START, RESULT, DIGITAL, GROUP, *(f"/preparer/{c.slug}/" for c in CONDITIONS)])
def test_every_link_leads_somewhere(address, catalogue, client):
    page = visit(client, address)
    identifiers = [element["id"] for element in page if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    inner = {anchor["href"] for anchor in page.one("main").all("a")}
    assert [href for href in inner if not re.match(r"(#|/|https?://|mailto:)", href)] == []
    for href in {href.split("#")[0] for href in inner if href.startswith("/")}:
        assert client.get(href, follow=True).status_code == 200, href


@pytest.mark.parametrize("person", ["nobody", "applicant", "officer"])
def test_everybody_reads_the_same(person, catalogue, client, request):
    anonymous = visit(client, "/preparer/bon-moment/?trl=3").one("main").text
    if person != "nobody":
        client.force_login(request.getfixturevalue(person))
    assert visit(client, "/preparer/bon-moment/?trl=3").one("main").text == anonymous


# --- A condition ------------------------------------------------------------


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: one.slug)
def test_a_condition_says_each_point_why_where_it_is_written_and_asks(condition, catalogue, client):
    page = visit(client, f"/preparer/{condition.slug}/")
    assert texts(page, "h1") == [condition.title]
    points = page.all("div", "portal-criterion")
    assert len(points) == len(condition.items)
    for item, point in zip(condition.items, points, strict=True):
        assert point.one("legend").text.startswith(item.label)
        assert item.meaning in point.one("legend").text
        assert f"Pourquoi ? {item.why}" in point.text
        assert [anchor["href"] for anchor in point.all("p")[1].all("a")] == [
            place.address for place in item.places
        ] or not item.places
        assert re.match(
            rf"Source : Guide pratique APIST.+{re.escape(item.said.locator)}", point.one("p", "portal-source").text
        )


def test_an_unknown_condition_is_not_found(catalogue, client):
    assert client.get("/preparer/bonne-etoile/").status_code == 404


def test_who_answers_goes_on_to_the_next_condition_and_loses_nothing(catalogue, client):
    page = visit(client, "/preparer/bon-projet/?contact_door=true&project_access=false&trl=6&utm_source=lettre")
    form = form_of(page)
    assert form["action"] == "/preparer/bon-moment/"
    sent = dict(fields(form))
    assert sent["contact_door"] == "true"
    assert sent["trl"] == "6"
    assert sent["project_access"] == "false"
    assert sent["project_need"] == ""
    assert "utm_source" not in sent
    assert query(link(page, "Revenir à la condition précédente")["href"]) == [
        ("contact_door", "true"),
        ("project_access", "false"),
        ("trl", "6"),
    ]


def test_the_last_condition_leads_to_the_result(catalogue, client):
    form = form_of(visit(client, "/preparer/elements-a-fournir/"))
    assert form["action"] == RESULT
    assert [button.text for button in form.all("button")] == ["Voir mon bilan"]


def test_the_nine_levels_are_told_in_words_and_the_chosen_one_has_its_advice(catalogue, client):
    page = visit(client, "/preparer/bon-moment/?trl=9")
    assert len(page.one("details", "portal-accordion").one("ol").all("li")) == 9
    assert dict(fields(form_of(page)))["trl"] == "9"
    assert "La solution sert déjà." in page.one("div", "fr-callout").text
    assert visit(client, "/preparer/bon-moment/").all("div", "fr-callout") == []


@pytest.mark.parametrize("address", ["/preparer/bon-projet/?project_access=oui", f"{RESULT}?trl=12"])
def test_an_answer_that_is_none_is_told_and_the_others_are_kept(address, catalogue, client):
    page = visit(client, f"{address}&contact_door=true")
    assert "n'a pas été comprise" in page.one("div", "fr-alert").text
    assert "contact_door=true" in str([anchor.get("href") for anchor in page.all("a")])


# --- The result -------------------------------------------------------------


def test_the_result_tells_what_is_there_what_is_missing_and_where_to_find_it(catalogue, client):
    page = visit(client, f"{RESULT}?contact_door=true&contact_network=false&element_ethics=na&trl=6")
    assert "1 point prêt sur 37 · 1 à faire · 35 à regarder." in page.one("main").text
    first = page.one("section", aria_labelledby="bon-interlocuteur")
    assert first.one("h2").text == "1. Le bon interlocuteur : 1 sur 5"
    missing = [item for item in first.all("li", "portal-criterion") if "Manque" in item.text]
    assert len(missing) == 1
    assert "J'ai parlé de mon projet à des acteurs reconnus" in missing[0].text
    assert [anchor["href"] for anchor in missing[0].all("a")] == ["/annuaire/"]
    assert "Je sais par quelle porte entrer" in [item.text for item in first.all("li") if not item.classes]
    last = page.one("section", aria_labelledby="elements-a-fournir")
    assert "Ne vous concerne pas : Je joins la charte éthique" in last.text
    assert "niveau 6, Un prototype montré" in page.one("main").text


def test_the_address_of_the_result_gives_it_back(catalogue, client):
    page = visit(client, f"{RESULT}?trl=6&element_ethics=na&contact_door=true&fbclid=x")
    address = page.one("input", id="adresse")["value"]
    assert address == "http://testserver/preparer/bilan/?contact_door=true&element_ethics=na&trl=6"
    again = visit(client, address.removeprefix("http://testserver"))
    assert again.one("main").text == page.one("main").text


def test_everything_answered_leaves_nothing_to_do(catalogue, client):
    everything = "&".join(f"{key}=true" for key in ITEM_KEYS)
    page = visit(client, f"{RESULT}?{everything}")
    assert "38 points prêts sur 38" in page.one("main").text
    assert [heading for heading in texts(page, "h3") if "reste" in heading] == []


def test_a_way_through_the_six_pages_ends_at_the_result(catalogue, client):
    address, answered = "/preparer/bon-interlocuteur/", 0
    while address.startswith("/preparer/bo") or "/preparer/e" in address:
        form = form_of(visit(client, address))
        sent = [(name, value or "true") for name, value in fields(form)]
        answered = len(sent)
        address = (
            form["action"]
            + "?"
            + "&".join(f"{name}={value}" for name, value in sent if value != "true" or name != "trl")
        )
    assert answered == len(ITEM_KEYS)
    assert "38 points prêts sur 38" in visit(client, address).one("main").text


# --- A first message --------------------------------------------------------

BAD = "Bonjour,\nNous vous proposons un partenariat et demandons un label de l'ARS.\n"


def test_the_form_protects_itself_and_the_page_is_kept_by_nobody(catalogue, client):
    answer = client.get(MESSAGE)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    assert Client(enforce_csrf_checks=True).post(MESSAGE, {"message": BAD}).status_code == 403


def test_a_message_comes_back_with_what_to_change_why_and_what_to_write_instead(catalogue, client):
    answer = client.post(MESSAGE, {"message": BAD})
    page = read(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert page.one("textarea").text == " ".join(BAD.split())
    headings = texts(page, "h3")
    assert "Le mot « partenariat » vient trop tôt" in headings
    assert "Le message cherche un label ou une caution" in headings
    assert "Aucune référence à la région" in headings
    assert "Aucun effet pour la santé n'est dit" in headings
    assert texts(page, "mark") == ["partenariat", "label"]
    assert page.one("h2", id="relecture").text == "6 points à revoir"
    first = next(item for item in page.all("li", "portal-criterion") if "partenariat" in item.one("h3").text)
    assert "Pourquoi ?" in first.text
    assert "À la place :" in first.text
    assert "ligne 912" in first.one("p", "portal-source").text


def test_the_page_says_that_it_is_a_help_and_not_a_judgement(catalogue, client):
    for page in (visit(client, MESSAGE), read(client.post(MESSAGE, {"message": BAD}))):
        assert "C'est une aide et pas un jugement" in page.one("main").text
        assert "ni gardé, ni transmis" in page.one("main").text


def test_the_regions_departments_and_levers_are_those_of_the_content(catalogue, client):
    answer = client.post(MESSAGE, {"message": "Un partenariat dans le cadre du FIR, en Haute-Garonne."})
    page = read(answer)
    assert "Le mot « partenariat » vient trop tôt" not in texts(page, "h3")
    assert "La région est citée (« Haute-Garonne »)" in texts(page, "li")
    Region.objects.filter(code="76").update(name="Pays imaginaire")
    found = read(client.post(MESSAGE, {"message": "Le Pays imaginaire nous plaît."}))
    assert "La région est citée (« Pays imaginaire »)" in texts(found, "li")


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_message_is_told(text, catalogue, client):
    page = read(client.post(MESSAGE, {"message": text}))
    assert "Collez d'abord le texte" in page.one(role="alert").text
    assert page.all(id="relecture") == []


def test_a_message_too_long_is_told_in_words_and_not_lost(catalogue, client):
    text = "a" * (LONGEST + 1)
    page = read(client.post(MESSAGE, {"message": text}))
    assert f"trop long : {LONGEST + 1} caractères, au plus {LONGEST}" in page.one(role="alert").text
    assert page.one("textarea").text == text
    assert page.one("textarea").get("maxlength") is None
    assert page.all(id="relecture") == []


def test_a_message_as_long_as_allowed_is_read(catalogue, client):
    assert read(client.post(MESSAGE, {"message": "a" * LONGEST})).one(id="relecture")


def test_what_is_typed_is_never_markup(catalogue, client):
    answer = client.post(MESSAGE, {"message": "<script>alert(1)</script> un label <b>gras</b>"})
    assert b"<script>alert" not in answer.content
    assert b"<b>gras" not in answer.content
    assert "<b>gras</b>" in read(answer).one("main").text


def test_the_text_is_in_no_log_no_table_and_no_address(catalogue, client, caplog, django_assert_num_queries):
    secret = "Zanzibar 4217 partenariat"
    client.get(MESSAGE)
    with caplog.at_level(logging.DEBUG), django_assert_num_queries(1) as asked:
        answer = client.post(MESSAGE, {"message": secret})
    assert secret in answer.content.decode()
    assert "Zanzibar" not in caplog.text
    assert "Zanzibar" not in str([one["sql"] for one in asked.captured_queries])
    assert "Zanzibar" not in str(answer.headers)
    assert not client.session.keys()
    assert form_of(read(answer))["method"] == "post"
    assert "Zanzibar" not in form_of(read(answer))["action"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(text=st.text(max_size=300))
def test_no_text_breaks_the_page(text, catalogue, client):
    assert client.post(MESSAGE, {"message": text}).status_code == 200


# --- Digital rules ----------------------------------------------------------


def test_the_list_holds_every_rule_until_a_situation_is_denied(catalogue, client):
    page = visit(client, DIGITAL)
    assert len(page.all("input", name="fait")) == 15
    assert page.one("form", "portal-form").all("h2")[1].text == "15 points à vérifier, il en reste 15"
    told = page.one("main").text
    for word in (
        "L.1470-1",
        "PGSSI-S",
        "INS",
        "MSSanté",
        "Mon espace santé",
        "Pro Santé Connect",
        "HDS",
        "marquage CE",
    ):
        assert word in told, word
    adapted = visit(client, f"{DIGITAL}?medical_purpose=false&prescription=false&fait=law&fait=inconnu")
    assert adapted.one("form", "portal-form").all("h2")[1].text == "13 points à vérifier, il en reste 12"
    assert "ne vous concernent pas" in adapted.one("main").text
    assert ("fait", "law") in fields(form_of(adapted))
    assert ("medical_purpose", "false") in fields(form_of(adapted))


def test_what_the_founding_documents_do_not_say_is_marked(catalogue, client):
    points = visit(client, DIGITAL).all("div", "portal-criterion")
    marked = [point.one("input")["value"] for point in points if "à vérifier" in point.one("p", "portal-source").text]
    assert marked == ["certificate", "identity", "hosting", "privacy", "login", "device"]


def test_a_situation_that_is_no_answer_is_told(catalogue, client):
    page = visit(client, f"{DIGITAL}?prescription=peut-être")
    assert "« peut-être » n'est pas une réponse possible." in page.one(role="alert").text


# --- A group ----------------------------------------------------------------


def table(page) -> list[list[str]]:
    return [[cell.text for cell in row if cell.tag in ("th", "td")] for row in page.one("tbody").all("tr")]


def test_the_three_steps_and_the_sizes_of_every_period(catalogue, client):
    page = visit(client, GROUP)
    assert [heading.text for heading in page.all("h2") if heading.text.startswith("Étape")] == [
        "Étape 1 : Trouver avec qui",
        "Étape 2 : Écrire un projet commun",
        "Étape 3 : Déposer un seul dossier",
    ]
    told = page.one("main").text
    for word in ("décide", "chef de projet recruté dans le groupe", "grappe", "un seul dossier"):
        assert word in told, word
    rows = table(page)
    expected = Criterion.objects.filter(fact__in=("esms_count", "og_count"), blocking=True).count()
    assert len(rows) == expected > 8
    assert any("au moins 15 services" in row[0] and "8 février 2022" in row[1] for row in rows)
    assert any("Corse et outre-mer" in row[0] for row in rows)


@pytest.mark.parametrize(
    ("profile", "badges"),
    [
        ("esms_count=9&og_count=2&region=01", {"Rempli"}),
        ("esms_count=9&og_count=2&region=76", {"Non rempli"}),
        ("esms_count=15&og_count=2&region=76", {"Rempli"}),
    ],
)
def test_the_size_of_a_group_is_answered_for_today_s_rules(profile, badges, catalogue, client):
    rows = [row for row in table(visit(client, f"{GROUP}?{profile}")) if "8 février 2022" in row[1]]
    assert {re.match("Rempli|Non rempli|.{20}", row[2]).group() for row in rows} == badges


def test_an_ended_programme_is_said_to_be_so(catalogue, client):
    assert "ESMS numérique : terminé" in visit(client, GROUP).one("h2", "fr-alert__title").text


def test_a_number_that_is_none_is_told_at_its_field(catalogue, client):
    page = visit(client, f"{GROUP}?esms_count=beaucoup")
    assert "Écrivez un nombre entier" in page.one(role="alert").text
    assert page.one("input", name="esms_count")["value"] == "beaucoup"


def test_without_such_a_lever_the_way_remains(db, client):
    page = visit(client, GROUP)
    assert page.all("table") == []
    assert "Aucune taille n'est connue" in page.one("main").text


# --- What it costs ----------------------------------------------------------


@pytest.mark.parametrize("address", [START, RESULT, DIGITAL, GROUP, "/preparer/bon-projet/"])
def test_a_page_seen_before_costs_one_query(address, catalogue, client, django_assert_num_queries):
    client.get(address)
    with django_assert_num_queries(1):
        assert client.get(f"{address}?contact_door=true").status_code == 200
