"""``/commande-publique/``: what somebody who never sold to a hospital reads there, and what a buyer does."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levers.models import Lever, Threshold
from tests.pages.reading import fields, link, query, read, visit

ADDRESS = "/commande-publique/"
HOSPITAL = f"{ADDRESS}?buyer_type=other-public"


def heading(page) -> str:
    return page.one("h2", id="reponse").text


def table(page, caption: str) -> list[list[str]]:
    """Return the cells of a table, row by row, its head first."""
    (found,) = [t for t in page.all("table") if t.one("caption").text == caption]
    return [[cell.text for cell in row if cell.tag in ("th", "td")] for row in found.all("tr")]


def test_without_parameters_there_is_the_question_and_no_reproach(catalogue, client):
    page = visit(client, ADDRESS)
    assert page.one("h1").text == "Commande publique : quelle procédure ?"
    assert page.all(role="alert") == []
    assert page.all(id="reponse") == []
    form = page.one("form", "portal-form")
    assert fields(form) == [("amount", ""), ("category", "supplies-services"), ("innovative", "false"), ("on", "")]
    for part in ("valeur", "acheteurs", "subvention", "seuils"):
        assert page.one(id=part)


def test_55_000_euros_on_the_last_day_of_march_and_on_the_next(catalogue, client):
    before = visit(client, f"{HOSPITAL}&amount=55000&on=2026-03-31")
    assert heading(before) == "55 000 € : procédure adaptée (MAPA)"
    after = visit(client, f"{HOSPITAL}&amount=55000&on=2026-04-01")
    assert heading(after) == "55 000 € : achat libre ou procédure adaptée (MAPA)"
    head, free, *_ = table(before, "Le même besoin, période par période")
    assert head == [
        "Procédure",
        "Avant : du 1er janvier 2024 au 31 décembre 2025",
        "À la date choisie : du 1er janvier 2026 au 31 mars 2026",
        "Ensuite : du 1er avril 2026 au 31 décembre 2027",
    ]
    assert free[0] == "Achat libre"
    assert [cell.split()[0] for cell in free[1:]] == ["Non.", "Non.", "Oui."]
    told = " ".join(item.text for item in before.all("li"))
    assert (
        "Le 1er avril 2026. Le seuil de l'achat libre passe de 40 000 € à 60 000 €. "
        "Pour ce besoin, l'achat libre devient possible." in told
    )


def test_the_same_need_in_the_next_period_is_one_click_away(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=55000&on=2026-03-31")
    following = link(page, "du 1er avril 2026 au 31 décembre 2027")["href"]
    assert ("on", "2026-04-01") in query(following)
    assert heading(visit(client, following)).startswith("55 000 € : achat libre")


def test_why_65_000_euros_changes_nothing_is_told(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=65000&on=2026-03-31")
    told = " ".join(item.text for item in page.all("li"))
    assert (
        "Le seuil de l'achat libre passe de 40 000 € à 60 000 €. "
        "Pour ce besoin, rien ne change : 65 000 € n'est en dessous ni de 40 000 € ni de 60 000 €." in told
    )
    assert heading(visit(client, f"{HOSPITAL}&amount=65000&on=2026-04-01")) == heading(page)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("amount=60000&on=2026-06-01", "Achat libre. Fermée : 60 000 € est atteint, il faut moins."),
        ("amount=60000.01&on=2026-06-01", "Achat libre. Fermée : 60 000,01 €, c'est plus de 60 000 €."),
        ("amount=50000&on=2026-06-01", "Procédure formalisée. Pas obligatoire : 50 000 €, c'est moins de 216 000 €."),
        ("amount=300000&on=2026-06-01", "Achat libre. Fermée : le seuil de la procédure formalisée (216 000 €) est atteint."),
        ("amount=215500&on=2023-06-01", "Le seuil de la procédure formalisée passe de 215 000 € à 221 000 €. Pour ce besoin, la procédure formalisée n'est plus obligatoire."),
        ("amount=218000&on=2025-06-01", "Pour ce besoin, la procédure formalisée devient obligatoire."),
        ("amount=50000&on=2027-06-01", "Les deux périodes ne se comparent pas : un seuil manque dans nos sources."),
    ],
)  # fmt: skip
def test_what_is_closed_and_what_will_change_is_told_with_its_amount(catalogue, client, parameters, words):
    page = visit(client, f"{HOSPITAL}&{parameters}")
    assert words in " ".join(item.text for item in page.all("li"))


def test_each_open_procedure_speaks_to_who_sells_and_to_who_buys(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=95000&innovative=true&on=2026-06-01")
    for slug, announcement in (("achat-innovant", "Aucune annonce."), ("mapa", "Annonce obligatoire en France.")):
        words = page.one("li", id=slug).text
        assert announcement in words
        assert "Vous vendez :" in words
        assert "Vous achetez :" in words


def test_a_need_that_is_not_innovative_is_one_click_from_the_same_that_is(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=95000&on=2026-06-01")
    assert "Achat innovant" not in [row[0] for row in table(page, "Le même besoin, période par période")]
    other = visit(client, ADDRESS + link(page, "Voir si elle l'était")["href"])
    assert heading(other) == "95 000 € : achat innovant ou procédure adaptée (MAPA)"


def test_the_thresholds_used_say_their_days_and_their_source(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=55000&on=2026-06-01")
    rows = [item.text for item in page.all("li", "portal-criterion")]
    assert len(rows) == 3
    assert rows[0].startswith("Achat libre : 60 000 € , valable depuis le 1er avril 2026. Source :")
    assert all("vérifié le 22 novembre 2026" in row for row in rows)
    assert page.all("a", href="https://juriblio.fr/decrets/decret-no-2025-1386-du-29-decembre-2025/187419795")


def test_a_person_types_amounts_as_people_do(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=65 000,50 €&on=2026-06-01")
    assert heading(page) == "65 000,50 € : procédure adaptée (MAPA)"
    assert page.one("input", name="amount")["value"] == "65 000,50 €"


def test_what_is_wrong_is_tied_to_its_field_and_nothing_typed_is_lost(catalogue, client):
    page = visit(client, f"{ADDRESS}?amount=beaucoup&category=works&innovative=true&on=2026-06-01")
    told = page.one(role="alert")
    assert told.one("h2").text == "Il reste 2 points à corriger"
    assert [a["href"] for a in told.all("a")] == ["#id_amount", "#id_buyer_type"]
    amount = page.one("input", name="amount")
    assert (amount["value"], amount["aria-invalid"]) == ("beaucoup", "true")
    assert page.one(id="id_amount_error").text.startswith("Écrivez un montant")
    assert page.one(id="id_buyer_type_error").text == "Dites qui achète."
    sent = fields(page.one("form", "portal-form"))
    assert {("category", "works"), ("innovative", "true"), ("on", "2026-06-01")} <= set(sent)
    assert page.all(id="reponse") == []


def test_a_day_that_is_none_is_shown_again_as_it_was_typed(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=55000&on=hier")
    box = page.one("input", name="on")
    assert (box["type"], box["value"]) == ("text", "hier")
    assert page.one(id="id_on_error").text.startswith("Écrivez une date")
    assert visit(client, f"{HOSPITAL}&amount=55000&on=2026-06-01").one("input", name="on")["type"] == "date"


def test_a_part_of_a_need_fills_the_form_without_a_reproach(catalogue, client):
    page = visit(client, f"{ADDRESS}?buyer_type=central-state&utm_source=lettre")
    assert page.all(role="alert") == []
    sent = [("amount", ""), ("buyer_type", "central-state"), ("category", "supplies-services"), ("innovative", "false")]
    assert fields(page.one("form", "portal-form")) == [*sent, ("on", "")]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("amount=50000&buyer_type=other-public&category=works&on=2023-01-01", "Nos sources le donnent à partir du 1er janvier 2026."),
        ("amount=50000&buyer_type=other-public&on=2028-01-01", "jusqu'au 31 décembre 2027."),
        ("amount=50000&buyer_type=other-public&on=2019-12-31", "Nos sources le donnent à partir du 1er janvier 2020"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_told_and_not_guessed(catalogue, client, parameters, words):
    page = visit(client, f"{ADDRESS}?{parameters}")
    assert heading(page) == "Pas de réponse sûre à cette date"
    assert words in page.one(css="fr-alert--warning").text
    assert page.all(css="portal-ways") == []


def test_a_private_body_is_outside_in_principle(catalogue, client):
    page = visit(client, f"{ADDRESS}?amount=65000&buyer_type=private")
    assert heading(page) == "Hors des règles des marchés publics, en principe"
    assert "à vérifier avec lui" in " ".join(item.text for item in page.all("li"))
    assert page.all(css="portal-ways") == []


def test_who_buys_is_told_for_every_kind_of_buyer(catalogue, client):
    rows = table(visit(client, ADDRESS), "Les acheteurs de la santé")
    assert all(all(cell for cell in row) for row in rows)
    text = " ".join(" ".join(row) for row in rows)
    for who in (
        "établissement support",
        "GCS",
        "UniHA",
        "Resah",
        "UGAP",
        "GRADeS",
        "agence régionale de santé",
        "EHPAD",
    ):
        assert who in text


def test_five_questions_tell_a_subsidy_from_a_price(catalogue, client):
    page = visit(client, ADDRESS)
    rows = table(page, "Cinq questions à se poser")
    assert len(rows) == 6
    assert all(row[0].endswith("?") for row in rows[1:])
    assert visit(client, link(page, "les subventions")["href"])


# --- The picture ------------------------------------------------------------------


def test_the_picture_is_named_and_described_and_its_table_says_the_same(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=55000&on=2026-06-01")
    picture = page.one("svg", role="img")
    for part in picture["aria-labelledby"].split():
        assert picture.one(id=part).text
    described = picture.one("desc").text
    rows = table(page, "Les seuils depuis 2020, en euros hors taxes")[1:]
    assert len(rows) == Threshold.objects.count()
    for name, whom, amount, *_ in rows:
        if "fournitures" in whom and not name.startswith("Annonce"):
            assert amount in described
    drawn = [text.text for text in picture.all("text")]
    assert "votre besoin : 55 000 €" in drawn
    assert "date choisie" in drawn
    assert not any(element.get("style") for element in page)


def test_without_thresholds_the_page_says_what_it_can(db, client):
    page = visit(client, f"{HOSPITAL}&amount=55000")
    assert heading(page) == "Pas de réponse sûre à cette date"
    assert "Aucune de nos sources ne le donne." in page.one(css="fr-alert--warning").text
    assert page.all("svg") == []


# --- From and to the rest of the portal ----------------------------------------------


def test_the_sheet_and_the_page_lead_to_each_other(catalogue, client):
    sheet = visit(client, "/leviers/achats-innovants/")
    assert link(sheet, "Quelle procédure d'achat ?")["href"] == ADDRESS
    page = visit(client, ADDRESS)
    assert link(page, f"La fiche « {catalogue['achats-innovants'].title} »")["href"] == "/leviers/achats-innovants/"
    assert "Quelle procédure d'achat ?" not in [a.text for a in visit(client, "/leviers/fir/").all("a")]
    Lever.objects.filter(slug="achats-innovants").update(publication="draft")
    assert not [a for a in visit(client, ADDRESS).all("a") if a.get("href") == "/leviers/achats-innovants/"]


def test_the_diagnostic_hands_over_what_it_knows_on_its_day_and_gets_it_back(catalogue, client):
    profile = "purchase_role=supplier&purchase_amount=55000&buyer_type=other-public&innovative_purchase=true"
    results = visit(client, f"/diagnostic/resultats/?on=2026-03-31&{profile}")
    address = link(results, "Quelle procédure d'achat pour ce besoin ?")["href"]
    assert address.startswith(f"{ADDRESS}?")
    expected = [("amount", "55000"), ("buyer_type", "other-public"), ("innovative", "true"), ("on", "2026-03-31")]
    assert query(address) == expected
    page = visit(client, address)
    assert heading(page) == "55 000 € : achat innovant ou procédure adaptée (MAPA)"
    (address,) = [a["href"] for a in page.all("a") if (a.get("href") or "").startswith("/diagnostic/?levier=")]
    back = query(address)
    assert set(back) >= {("purchase_amount", "55000"), ("buyer_type", "other-public"), ("innovative_purchase", "true")}


def test_a_profile_that_says_nothing_of_the_purchase_leads_to_the_question(catalogue, client):
    address = link(visit(client, "/diagnostic/resultats/"), "Quelle procédure d'achat pour ce besoin ?")["href"]
    assert [name for name, _ in query(address)] == ["on"]
    assert visit(client, address).all(role="alert") == []


def test_the_answer_in_json_is_that_of_the_page(catalogue, client):
    page = visit(client, f"{HOSPITAL}&amount=65 000,50&on=2026-03-31&category=works&innovative=true")
    body = client.get(link(page, "Cette réponse en JSON")["href"]).json()
    assert (body["on"], body["amount"]) == ("2026-03-31", "65000.50")
    assert body["procedures"] == [item["id"] for item in page.one("ul", "portal-ways").all("li")]


def test_the_menu_and_the_sitemap_lead_here(catalogue, client):
    page = visit(client, "/plan-du-site/")
    assert [a["href"] for a in page.all("a") if a.text == "Commande publique"] == [ADDRESS] * 2
    (current,) = [a for a in visit(client, ADDRESS).all("a", "fr-nav__link") if a.get("aria-current")]
    assert (current.text, current["aria-current"]) == ("Commande publique", "page")


# --- Day, caches, queries -----------------------------------------------------------


def test_without_a_day_the_page_is_that_of_today_and_is_kept_until_midnight(catalogue, client, monkeypatch):
    for today, words in (
        ("2026-03-31", "procédure adaptée (MAPA)"),
        ("2026-04-01", "achat libre ou procédure adaptée (MAPA)"),
    ):
        for module in ("levers.views.procurement", "apist.sharing", "apist.clock"):
            monkeypatch.setattr(f"{module}.today", lambda today=today: date.fromisoformat(today))
        answer = client.get(f"{HOSPITAL}&amount=55000")
        assert heading(read(answer)) == f"55 000 € : {words}"
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert f".{'2026-04-01' if today == '2026-03-31' else '2026-04-02'}." in answer.headers["ETag"]


def test_a_page_of_a_given_day_holds_as_long_as_the_content(catalogue, client):
    address = f"{HOSPITAL}&amount=55000&on=2026-03-31"
    answer = client.get(address)
    assert ".0." in answer.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    Threshold.objects.filter(slug="libre-fournitures-services-2020").update(value=70_000)
    assert heading(visit(client, address)).startswith("55 000 € : achat libre")


def test_it_reads_five_times_cold_and_once_warm(catalogue, client, django_assert_num_queries):
    client.get(f"{HOSPITAL}&amount=54000")
    Threshold.objects.filter(slug="innovant-2018").update(note="Autre.")
    client.get("/glossaire/")  # the words are kept already
    with django_assert_num_queries(5):  # the version twice, the thresholds, the sheets, the documents cited
        client.get(f"{HOSPITAL}&amount=55000")
    with django_assert_num_queries(1):
        client.get(f"{HOSPITAL}&amount=56000")


NAMES = st.sampled_from(["amount", "buyer_type", "category", "innovative", "on", "levier", ""])
VALUES = st.text(max_size=12) | st.sampled_from(
    [
        "65 000,50",
        "1" * 40,
        "other-public",
        "private",
        "works",
        "true",
        "2026-03-31",
        "0001-01-01",
        "9999-12-31",
        "\x00",
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_no_query_string_breaks_it(catalogue, client, pairs):
    parameters: dict[str, list[str]] = {}
    for name, value in pairs:
        parameters.setdefault(name, []).append(value)
    assert visit(client, ADDRESS) if not parameters else read(client.get(ADDRESS, parameters)).one("h1")
