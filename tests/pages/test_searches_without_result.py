"""Searches that find nothing: counted for the curators, without a word of who looked."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from levers.actions import Recording, record_search_without_result
from levers.models import SearchWithoutResult
from levers.recording import ROWS_A_MONTH, first_month_kept, looks_personal, words_kept
from levers.search import Index
from levers.views import nothing_found
from levers.views.catalogue import LEVERS
from tests import factories
from tests.pages.reading import fields, link, read, visit

ADDRESS = reverse("search-without-result")
LIST = reverse("admin:levers_searchwithoutresult_changelist")
TODAY = date(2026, 11, 22)
NOVEMBER = date(2026, 11, 1)


def counts() -> dict[tuple[str, date], int]:
    return {(row.text, row.month): row.times for row in SearchWithoutResult.objects.all()}


@pytest.fixture
def index(db) -> Index:
    """A catalogue of one lever, about robots."""
    factories.make_lever(title="Robots au chevet", summary="Un essai.")
    return nothing_found.index_now()


# --- What may be kept ---------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "jean.dupont@exemple.fr",
        "jean．dupont＠exemple.fr",
        "https://exemple.fr/dossier",
        "www.exemple.fr",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "0612345678",
        "1 85 05 78 006 084 36",
        "2 69 05 2A 588 157 80",
        "12/05/1980",
        "97110",
        "dossier 12345",
        "siret 552 100 554",
        "M. Durand",
        "m.durand",
        "Mme Durand",
        "madame durand diabète",
        "Dr Durand",
        "professeur Durand",
    ],
)
def test_what_could_say_who_somebody_is_is_personal(text):
    assert looks_personal(text)


@pytest.mark.parametrize(
    "text",
    ["exosquelette", "m'installer en zone rurale", "article 51", "structures 3.0", "loi 2024", "covid 19", ""],
)
def test_ordinary_words_are_not_personal(text):
    assert not looks_personal(text)


def test_in_doubt_a_text_is_taken_for_personal():
    assert looks_personal("article L.162-31-1")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Exosquelettes pour l'Hôpital", "exosquelettes hopital"),
        ("je cherche à financer un exosquelette", "exosquelette"),
        ("exosquelette Exosquelette EXOSQUELETTE", "exosquelette"),
        ("je veux une aide", "veux aide"),
        ("un deux trois quatre cinq six sept huit neuf dix", "deux trois quatre cinq six sept huit neuf"),
        ("a" * 200, ""),
        ("robot " + "a" * 79, "robot"),
        ("x\0z", "x z"),
        ("!?…", ""),
        ("", ""),
    ],
)
def test_a_text_is_reduced_to_its_significant_words(text, kept):
    assert words_kept(text) == kept
    assert len(words_kept(text)) <= 80


@pytest.mark.parametrize(
    ("today", "first"),
    [(TODAY, date(2025, 12, 1)), (date(2026, 12, 31), date(2026, 1, 1)), (date(2026, 1, 1), date(2025, 2, 1))],
)
def test_a_month_and_the_eleven_before_it_are_kept(today, first):
    assert first_month_kept(today) == first


# --- The one door ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "outcome", "kept"),
    [
        ("Exosquelette", Recording.KEPT, {("exosquelette", NOVEMBER): 1}),
        ("robot", Recording.FOUND, {}),
        ("robbots", Recording.FOUND, {}),
        ("je cherche un robot", Recording.FOUND, {}),
        ("exosquelette 06 12 34 56 78", Recording.PERSONAL, {}),
        ("", Recording.EMPTY, {}),
        ("!!!", Recording.EMPTY, {}),
    ],
)
def test_a_search_is_counted_only_if_it_finds_nothing_and_says_nothing_of_anybody(text, outcome, kept, index):
    assert record_search_without_result(text, TODAY, index) is outcome
    assert counts() == kept


def test_the_same_words_are_counted_together_by_month(index):
    for text in ("exosquelette", "EXOSQUELETTE", "un exosquelette ?"):
        record_search_without_result(text, TODAY, index)
    record_search_without_result("exosquelette", date(2026, 12, 1), index)
    assert counts() == {("exosquelette", NOVEMBER): 3, ("exosquelette", date(2026, 12, 1)): 1}


def test_what_would_find_something_once_reduced_is_not_counted(index):
    many = " ".join(["robot", "chevet", *(f"essai{'x' * number}" for number in range(1))])
    assert (
        record_search_without_result("robot chevet essai mot1 mot2 mot3 mot4 mot5 mot6", TODAY, index) is Recording.KEPT
    )
    assert record_search_without_result(many, TODAY, index) is Recording.FOUND


def test_a_month_keeps_a_bounded_number_of_texts_but_goes_on_counting_those_it_knows(index):
    rows = [SearchWithoutResult(text=f"mot{number}", month=NOVEMBER, times=1) for number in range(ROWS_A_MONTH)]
    SearchWithoutResult.objects.bulk_create(rows)
    assert record_search_without_result("exosquelette", TODAY, index) is Recording.FULL
    assert record_search_without_result("mot7", TODAY, index) is Recording.KEPT
    assert record_search_without_result("exosquelette", date(2026, 12, 1), index) is Recording.KEPT
    assert SearchWithoutResult.objects.get(text="mot7").times == 2
    assert SearchWithoutResult.objects.filter(month=NOVEMBER).count() == ROWS_A_MONTH


@pytest.mark.parametrize("text", ["exosquelette", "robot", "0612345678", ""])
def test_whatever_becomes_of_a_text_the_months_that_are_over_their_time_are_deleted(text, index):
    for month in (date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)):
        SearchWithoutResult.objects.create(text="vieux", month=month, times=1)
    record_search_without_result(text, TODAY, index)
    assert {month for words, month in counts() if words == "vieux"} == {date(2025, 12, 1)}


def test_a_row_holds_words_a_month_and_a_number_and_nothing_else():
    assert [field.name for field in SearchWithoutResult._meta.get_fields()] == ["id", "text", "month", "times"]


# --- The address ----------------------------------------------------------------


def sentence(answer) -> str:
    return read(answer).one("p", role="status").text


def test_a_person_without_scripts_reports_a_search_and_is_thanked_on_a_page(index, client):
    answer = client.post(ADDRESS, {"q": "Exosquelette <b>"})
    assert answer.status_code == 200
    assert sentence(answer).startswith("Merci : cette recherche est signalée")
    assert "« Exosquelette <b> »" in read(answer).one("main").text
    assert link(read(answer), "Voir tous les leviers")["href"] == reverse("lever-list")
    assert [words for words, _ in counts()] == ["exosquelette b"]


def test_a_page_with_scripts_gets_the_sentence_alone(index, client):
    answer = client.post(ADDRESS, {"q": "exosquelette"}, headers={"HX-Request": "true"})
    assert sentence(answer).startswith("Merci")
    assert read(answer).all("html") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("robots", "trouve quelque chose"),
        ("a@b.fr", "donnée personnelle"),
        ("", "aucun mot"),
        ("x" * 9999, "aucun mot"),
    ],
)
def test_what_is_not_reported_is_said_with_the_reason(text, said, index, client):
    answer = client.post(ADDRESS, {"q": text})
    assert said in sentence(answer)
    assert counts() == {}


def test_the_report_says_nothing_of_who_sent_it(index, client, stranger):
    client.force_login(stranger)
    client.post(ADDRESS, {"q": "exosquelette"}, headers={"User-Agent": "moi", "X-Forwarded-For": "192.0.2.1"})
    kept = str(list(SearchWithoutResult.objects.values()))
    assert "exosquelette" in kept
    assert [secret for secret in ("moi", "192.0.2.1", stranger.email) if secret in kept] == []


def test_another_site_cannot_report_in_somebody_s_place(index):
    answer = Client(enforce_csrf_checks=True).post(ADDRESS, {"q": "exosquelette"})
    assert answer.status_code == 403
    assert counts() == {}


def test_opening_the_address_counts_nothing_and_leads_to_the_list(index, client):
    answer = client.get(ADDRESS, {"q": "exosquelette"})
    assert answer["Location"] == reverse("lever-list")
    assert client.put(ADDRESS).status_code == 405
    assert counts() == {}


# --- The part of the list that says that nothing was found --------------------------


def nothing(rf, **context):
    request = rf.get("/leviers/")
    page = render_to_string(
        "lists/nothing_found.html",
        {"noun": LEVERS.noun, "title": "Rien.", "everything": "/leviers/"} | context,
        request,
    )
    return read(type("Answer", (), {"content": page.encode()}))


def test_the_filter_that_removes_the_nearest_ones_is_one_click_away(rf):
    page = nothing(
        rf, without=[("Guyane", "3 leviers", "/leviers/?q=robot"), ("Contrat", "1 levier", "/leviers/?region=03")]
    )
    assert [item.text for item in page.all("ul")[0].all("li")] == [
        "Retirer « Guyane » : 3 leviers",
        "Retirer « Contrat » : 1 levier",
    ]
    assert link(page, "Retirer « Guyane »")["href"] == "/leviers/?q=robot"


def test_near_words_are_links_and_there_is_always_a_way_out(rf):
    page = nothing(rf, nearby=[("robotique", "/leviers/?q=robotique")])
    assert link(page, "robotique")["href"] == "/leviers/?q=robotique"
    assert link(page, "Voir tous les leviers")["href"] == "/leviers/"
    assert link(page, "Répondez à quelques questions")["href"] == reverse("diagnostic")
    assert page.all("form") == []


def test_the_agency_of_the_chosen_region_is_named_and_all_of_them_are_folded_otherwise(rf, db):
    agency = factories.make_agency(
        region=factories.make_region(name="Guadeloupe"), entry_email="innovation@ars.invalid"
    )
    chosen = nothing(rf, agencies=[agency], region_chosen=True)
    assert chosen.all("details") == []
    assert link(chosen, "innovation@ars.invalid")["href"] == "mailto:innovation@ars.invalid"
    folded = nothing(rf, agencies=[agency], region_chosen=False).one("details")
    assert "Guadeloupe" in folded.text


def test_the_form_of_the_report_sends_the_text_by_itself_where_scripts_run_and_by_its_button_elsewhere(
    rf, index, client
):
    form = nothing(rf, record="exosquelette").one("form")
    assert (form["method"], form["action"], form["hx-post"], form["hx-trigger"]) == ("post", ADDRESS, ADDRESS, "load")
    assert form.one("button").text == "Signaler cette recherche aux personnes qui tiennent le catalogue"
    client.post(form["action"], dict(fields(form)))
    assert [words for words, _ in counts()] == ["exosquelette"]


# --- The curators' list -------------------------------------------------------------


def keep(text: str, times: int = 1, month: date | None = None) -> SearchWithoutResult:
    month = month or nothing_found.today().replace(day=1)
    return SearchWithoutResult.objects.create(text=text, times=times, month=month)


def test_curators_see_the_most_frequent_first_try_it_and_start_a_group_from_it(client, curator):
    client.force_login(curator)
    keep("exosquelette", 2)
    keep("drone", 9)
    page = visit(client, LIST)
    rows = page.one("table", id="result_list").one("tbody").all("tr")
    assert [row.all("td")[1].text for row in rows] == ["drone", "exosquelette"]
    assert link(rows[0], "Essayer : drone")["href"] == f"{reverse('lever-list')}?q=drone"
    group = link(rows[0], "Ajouter un synonyme : drone")
    assert visit(client, group["href"]).one("textarea", name="expressions").text == "drone"


def test_curators_choose_a_month(client, curator):
    client.force_login(curator)
    this = nothing_found.today().replace(day=1)
    before = first_month_kept(nothing_found.today())
    keep("drone", month=this)
    keep("exosquelette", month=before)
    keep("oublié", month=date(2020, 1, 1))
    shown = {}
    for value in ("", before.isoformat(), "n'importe"):
        page = client.get(LIST, {"mois": value} if value else {})
        shown[value] = {row.text for row in page.context["cl"].result_list}
    assert shown == {
        "": {"drone", "exosquelette"},
        before.isoformat(): {"exosquelette"},
        "n'importe": {"drone", "exosquelette"},
    }


def test_a_curator_deletes_a_row_at_once_but_neither_adds_nor_changes_one(client, curator):
    client.force_login(curator)
    row = keep("jean dupont")
    assert client.get(reverse("admin:levers_searchwithoutresult_add")).status_code == 403
    change = reverse("admin:levers_searchwithoutresult_change", args=[row.pk])
    assert client.post(change, {"text": "autre", "times": 1, "month": "2026-11-01"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(LIST, data)
    assert counts() == {}


def test_nobody_else_reads_them_and_who_may_not_write_groups_is_not_offered_to(client, stranger, officer):
    keep("drone")
    assert client.get(LIST).status_code == 302
    client.force_login(stranger)
    assert client.get(LIST).status_code == 302
    officer.is_staff = True
    officer.save()
    client.force_login(officer)
    assert client.get(LIST).status_code == 403
    officer.user_permissions.add(factories.permission("view_searchwithoutresult"))
    page = visit(client, LIST)
    assert [element.text for element in page.all("a") if "synonyme" in element.text] == []


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_the_same_number_of_queries_at_any_size(size, admin_client, django_assert_num_queries):
    for number in range(size):
        keep(f"mot{number}")
    with django_assert_num_queries(7):
        page = admin_client.get(LIST)
    assert len(page.context["cl"].result_list) == size
