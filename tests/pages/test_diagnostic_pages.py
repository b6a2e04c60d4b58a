"""The diagnostic: the questions one by one, then the verdicts with their reasons and sources."""

import random
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apist.sharing import PAGES
from levers.facts import FACTS, Kind
from levers.models import Criterion
from levers.rulebook import forget_rulebook
from tests import factories
from tests.pages.reading import Element, fields, link, query, read, visit

START, RESULTS = "/diagnostic/", "/diagnostic/resultats/"
FOREVER = 30


def address(start: str, parameters) -> str:
    return f"{start}?{urlencode(list(parameters), doseq=True)}"


# --- Walking through the questions ----------------------------------------


def form_of(page: Element) -> Element:
    return page.one("main").one("form", action=START)


def asked(page: Element) -> list[str]:
    """Return the names of the questions of a screen, in order."""
    shown = [c for tag in ("input", "select") for c in form_of(page).all(tag) if c.get("type") != "hidden"]
    order = list(form_of(page))
    return list(dict.fromkeys(c["name"] for c in sorted(shown, key=order.index)))


def filled(page: Element, answers: dict) -> list[tuple[str, str]]:
    """Return what « Continuer » would send, the questions of the screen answered from ``answers``."""
    names = asked(page)
    kept = [pair for pair in fields(form_of(page)) if pair[0] not in names]
    boxes = {box["name"] for box in form_of(page).all("input", type="checkbox")}  # not sent unless one is ticked
    return kept + [(name, answers.get(name, "")) for name in names if name not in boxes or answers.get(name)]


def walk(client, answers: dict, start: str = START) -> tuple[list[list[str]], str]:
    """Answer every screen; return the questions of each and the address of the results."""
    screens = []
    here = start
    for _ in range(FOREVER):
        answer = client.get(here)
        if answer.status_code == 302:
            return screens, answer.headers["Location"]
        page = read(answer)
        screens.append(asked(page))
        here = address(START, filled(page, answers))
    raise AssertionError("the questions never end")


HOSPITAL = {"actor_type": "etablissement-sante-public", "region": "01"}


def test_the_first_screen_asks_who_and_where_and_nothing_else(catalogue, client):
    page = visit(client, START)
    assert asked(page) == ["actor_type", "region"]
    assert page.one("title").text == "Question 1 : Vous · Suis-je concerné ? · Portail APIST"
    assert form_of(page).one("h2").text == "1. Vous"
    assert page.one("main").all("a", "fr-icon-arrow-left-line") == []


def test_who_asks_is_grouped_by_door_and_the_visitor_s_door_comes_first(catalogue, client):
    def doors(start):
        groups = visit(client, start).one("select", name="actor_type").all("optgroup")
        return [group["label"] for group in groups]

    assert doors(START) == ["Acteur de santé", "Industrie de santé", "Autres acteurs"]
    assert doors(f"{START}?porte=industrie") == ["Industrie de santé", "Acteur de santé", "Autres acteurs"]
    assert doors(f"{START}?porte=nulle-part") == doors(START)


def test_every_kind_of_actor_and_every_region_can_be_chosen(catalogue, client):
    page = visit(client, START)
    actors, regions = (page.one("select", name=name).all("option") for name in ("actor_type", "region"))
    assert {option["value"] for option in actors} == {"", *FACTS["actor_type"].values}
    assert {option["value"] for option in regions} == {"", *FACTS["region"].values}
    assert all(option.text and option.text != option["value"] for option in [*actors, *regions])


def test_the_second_screen_outlines_the_project(catalogue, client):
    screens, _ = walk(client, HOSPITAL)
    assert set(screens[1]) <= {
        "digital_solution",
        "needs_derogation",
        "audience_60_plus",
        "foreign_partner",
        "purchase_role",
    }


DETAILS = {
    "needs_derogation": {"article_51_objective", "experiment_months", "transition_months"},
    "digital_solution": {
        "real_conditions_experiment",
        "industrial_partner",
        "care_partner",
        "common_need",
        "regional_strategy",
        "dui_project",
        "esms_l312_1",
        "esms_count",
        "og_count",
        "central_purchasing",
        "dui_vendor_listed",
        "dui_field_wide",
    },
    "audience_60_plus": {
        "prevention_action",
        "conference_member",
        "gir_5_6_share",
        "means_tested",
        "capital_expenditure",
        "commercial_action",
    },
    "foreign_partner": {"joint_agreement", "embassy_contact", "multilateral_contact", "renewal"},
}


@pytest.mark.parametrize("answer", ["false", ""])
@pytest.mark.parametrize("gate", DETAILS)
def test_who_says_no_or_does_not_know_is_never_asked_the_details(gate, answer, catalogue, client):
    everything = dict.fromkeys(DETAILS, "true") | HOSPITAL | {gate: answer}
    screens, _ = walk(client, everything)
    put = {name for screen in screens for name in screen}
    assert gate in put
    assert put & DETAILS[gate] == set()


def test_who_cooperates_abroad_is_asked_about_the_embassy(catalogue, client):
    screens, _ = walk(client, HOSPITAL | {"foreign_partner": "true"})
    put = {name for screen in screens for name in screen}
    assert {"joint_agreement", "embassy_contact", "multilateral_contact"} <= put


@pytest.mark.parametrize("actor", ["ehpad", "entreprise-start-up", "etablissement-sante-public", "ccas", ""])
def test_no_question_is_put_twice_and_the_questions_end(actor, catalogue, client):
    answers = {"actor_type": actor, "region": "11"} | dict.fromkeys(DETAILS, "true")
    screens, end = walk(client, answers)
    put = [name for screen in screens for name in screen]
    assert len(put) == len(set(put))
    assert all(len(screen) <= 6 for screen in screens)
    assert end.startswith(RESULTS)


def test_not_knowing_is_always_an_answer(catalogue, client):
    here, count = START, 0
    for _ in range(FOREVER):
        answer = client.get(here)
        if answer.status_code == 302:
            break
        page = read(answer)
        for name in asked(page):
            controls = [c for c in form_of(page) if c.get("name") == name]
            words = [form_of(page).one("label", for_=c["id"]).text for c in controls if c.get("type") == "radio"]
            words += [option.text for c in controls if c.tag == "select" for option in c.all("option")]
            free = any(c.get("type") in ("number", "text", "checkbox") and c.get("required") is None for c in controls)
            assert "Je ne sais pas" in words or free, name
            count += 1
        here = address(START, filled(page, {}))
    assert count >= 7
    assert answer.headers["Location"] == RESULTS


def test_a_visitor_without_javascript_can_go_on_stop_and_go_back_at_every_screen(catalogue, client):
    page = visit(client, address(START, [*HOSPITAL.items(), ("ecran", "vous")]))
    form = form_of(page)
    assert form.get("method") in (None, "get")
    go_on, stop = form.all("button")
    assert (go_on.text, go_on.get("formaction")) == ("Continuer", None)
    assert (stop.text, stop["formaction"]) == ("Voir mes résultats maintenant", RESULTS)
    assert link(page, "Revenir à la question précédente")


def test_stopping_leads_to_the_results_at_an_address_without_anything_else(catalogue, client):
    page = visit(client, START)
    answer = client.get(address(RESULTS, filled(page, {"actor_type": "ehpad", "region": "01"})))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/diagnostic/resultats/?actor_type=ehpad&region=01"


def test_going_back_shows_the_screen_before_with_its_answers(catalogue, client):
    first = visit(client, START)
    second = visit(client, address(START, filled(first, HOSPITAL)))
    back = visit(client, link(second, "Revenir à la question précédente")["href"])
    assert asked(back) == asked(first)
    assert dict(fields(form_of(back)))["actor_type"] == "etablissement-sante-public"
    assert dict(fields(form_of(back)))["region"] == "01"


def test_going_back_twice_and_on_again_loses_nothing(catalogue, client):
    outline = {"digital_solution": "true", "needs_derogation": "false", "audience_60_plus": "false"}
    first = visit(client, START)
    second = visit(client, address(START, filled(first, HOSPITAL)))
    third = visit(client, address(START, filled(second, outline)))
    assert asked(third) != asked(second)
    back = visit(client, link(third, "Revenir à la question précédente")["href"])
    assert asked(back) == asked(second)
    held = dict(fields(form_of(back)))
    assert {name: held[name] for name in outline} == outline
    again = visit(client, address(START, fields(form_of(back))))
    assert asked(again) == asked(third)
    assert sorted(fields(form_of(again))) == sorted(fields(form_of(third)))


@pytest.mark.parametrize(("chosen", "fact"), [("prevention", "true"), ("permanence", "true"), ("aucun", "false")])
def test_choosing_a_mission_of_the_fund_answers_the_fact(chosen, fact, catalogue, client):
    answer = client.get(address(RESULTS, [("fir_mission_choice", chosen), ("ecran", "objectifs")]))
    assert answer.headers["Location"] == f"{RESULTS}?fir_mission={fact}"


def test_not_knowing_which_mission_answers_nothing(catalogue, client):
    answer = client.get(address(RESULTS, [("fir_mission_choice", ""), ("ecran", "objectifs")]))
    assert answer.headers["Location"] == RESULTS


def test_the_missions_of_the_fund_are_put_as_things_one_recognises(catalogue, client):
    screens, end = walk(client, HOSPITAL | {"public_interest_choice": "parcours", "fir_mission_choice": "prevention"})
    (together,) = [screen for screen in screens if "fir_mission_choice" in screen]
    assert "fir_mission" not in together
    assert ("fir_mission", "true") in query(end)
    assert ("public_interest", "true") in query(end)


def test_a_mission_that_does_not_exist_answers_nothing(catalogue, client):
    visit(client, address(START, [("fir_mission_choice", "inventee"), ("ecran", "vous")]))
    api = client.get("/api/v1/matches/").json()
    page = visit(client, address(RESULTS, [("fir_mission_choice", "inventee")]))
    assert verdicts(page) == {row["lever"]: row["verdict"] for row in api["levers"]}


# --- What is typed wrong --------------------------------------------------

MISTAKES = {
    "trl": ("12", "Le nombre doit être au plus 9."),
    "experiment_months": ("deux ans", "Écrivez un nombre entier, en chiffres."),
    "gir_5_6_share": ("-1", "Écrivez un nombre entier, en chiffres."),
    "purchase_amount": ("beaucoup", "Écrivez un montant en euros, par exemple 65000 ou 65000,50."),
}


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("start", [START, RESULTS])
def test_a_bad_value_is_explained_at_its_field_and_kept_as_typed(start, name, catalogue, client):
    typed, message = MISTAKES[name]
    page = visit(client, address(start, [("actor_type", "ehpad"), (name, typed), ("ecran", "vous")]))
    field = page.one("input", name=name)
    assert field["value"] == typed
    assert field["aria-invalid"] == "true"
    assert message in [page.one(id=identifier).text for identifier in field["aria-describedby"].split()]
    summary = page.one("div", "fr-alert--error", role="alert")
    assert summary.one("h2").text == "Il reste un point à corriger"
    assert page.one(id=summary.one("a")["href"][1:]) is field
    assert ("actor_type", "ehpad") in fields(page.one("main").all("form")[0])


@pytest.mark.parametrize(
    ("name", "typed"), [("foreign_partner", "peut-être"), ("buyer_type", "moi"), ("dui_project", "tout")]
)
def test_a_choice_that_does_not_exist_is_explained_at_its_question(name, typed, catalogue, client):
    page = visit(client, address(START, [(name, typed)]))
    question = page.one(id=f"id_{name}")
    assert question.tag == "fieldset"
    assert page.one("div", "fr-alert--error").one("a")["href"] == f"#id_{name}"
    described = [page.one(id=identifier) for identifier in question["aria-describedby"].split()]
    assert any("fr-messages-group" in element.classes for element in described)


def test_a_mistake_does_not_keep_the_results_from_counting_the_rest(catalogue, client):
    page = visit(client, address(RESULTS, [("actor_type", "laboratoire-biologie"), ("trl", "12")]))
    api = client.get("/api/v1/matches/?actor_type=laboratoire-biologie").json()
    assert verdicts(page) == {row["lever"]: row["verdict"] for row in api["levers"]}


def test_amounts_may_be_typed_as_people_write_them(catalogue, client):
    answer = client.get(address(RESULTS, [("purchase_amount", "65 000,50 €"), ("ecran", "achat")]))
    assert answer.headers["Location"] == f"{RESULTS}?purchase_amount=65000.50"


def test_campaign_tags_and_other_parameters_change_nothing(catalogue, client):
    extra = [("utm_source", "lettre"), ("fbclid", "1"), ("page", "x")]
    plain = [("actor_type", "ehpad"), ("region", "01")]
    assert asked(visit(client, address(START, [*extra, *plain, ("ecran", "vous")]))) == asked(
        visit(client, address(START, [*plain, ("ecran", "vous")]))
    )
    assert "utm_source" not in dict(fields(form_of(visit(client, address(START, extra)))))
    tagged, untagged = (visit(client, address(RESULTS, pairs)) for pairs in ([*extra, *plain], plain))
    assert tagged.one("main").text == untagged.one("main").text


def test_what_is_typed_is_never_markup(catalogue, client):
    typed = '"><script>alert(1)</script>'
    for start in (START, RESULTS):
        page = visit(
            client, address(start, [(name, typed) for name in ("trl", "region", "levier", "porte", "on", "ecran")])
        )
        assert [script.get("src") for script in page.all("script")] == ["/static/js/portal.js"]


# --- The results ----------------------------------------------------------

SECTIONS = {
    "eligible": "eligible",
    "via-partner": "via_partner",
    "to-confirm": "to_confirm",
    "not-eligible": "not_eligible",
}
OUTCOMES = {
    "Rempli": "met",
    "Non rempli": "unmet",
    "Réponse manquante": "unknown",
    "À l'appréciation de l'autorité": "judgement",
    "Sources en désaccord ou muettes": "contested",
}


def levers_of(page: Element) -> dict[str, tuple[str, Element]]:
    """Return each lever of the results with its verdict and its part of the page."""
    found = {}
    for identifier, verdict in SECTIONS.items():
        for section in page.all("section", aria_labelledby=identifier):
            for article in section.all("article"):
                found[article.one("h3").one("a")["href"].split("/")[-2]] = (verdict, article)
    return found


def verdicts(page: Element) -> dict[str, str]:
    return {slug: verdict for slug, (verdict, _) in levers_of(page).items()}


def reasons(article: Element) -> list[tuple[str, str]]:
    """Return the criteria of a lever as the page shows them: outcome and statement."""
    rows = []
    for row in article.all("li", "portal-criterion"):
        first = row.all("p")[0]
        word = first.one("span", "fr-badge").text
        rows.append((OUTCOMES[word], first.text.removeprefix(word).strip()))
    return sorted(rows)


def random_profile(source: random.Random) -> list[tuple[str, str]]:
    """Return a profile as parameters: some facts answered at random, some not."""
    pairs = []
    share = source.choice([0.1, 0.4, 0.8])
    for fact in FACTS.values():
        if source.random() > (0.9 if fact.name in ("actor_type", "region") else share):
            continue
        match fact.kind:
            case Kind.BOOLEAN:
                pairs.append((fact.name, source.choice(["true", "false"])))
            case Kind.CHOICE:
                pairs.append((fact.name, source.choice(fact.values)))
            case Kind.CHOICES:
                pairs += [(fact.name, value) for value in source.sample(fact.values, source.randint(1, 2))]
            case _:
                high = source.choice([10, 100, fact.maximum])
                pairs.append((fact.name, str(source.randint(fact.minimum, min(high, fact.maximum)))))
    if source.random() < 0.3:
        pairs.append(("on", source.choice(["2020-06-15", "2021-09-01", "2024-12-31", "2027-01-01"])))
    return pairs


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_page_and_the_api_never_disagree(seed, catalogue, client):
    source = random.Random(seed)
    reached = set()
    for _ in range(10):
        profile = random_profile(source)
        rows = client.get(address("/api/v1/matches/", profile)).json()["levers"]
        shown = levers_of(visit(client, address(RESULTS, profile)))
        assert {slug: verdict for slug, (verdict, _) in shown.items()} == {r["lever"]: r["verdict"] for r in rows}, (
            profile
        )
        for row in rows:
            article = shown[row["lever"]][1]
            said = sorted((c["outcome"], " ".join(c["label"].split())) for c in row["criteria"])
            assert reasons(article) == said, (profile, row["lever"])
            assert ("Réponses qui peuvent encore changer ce résultat" in article.text) == bool(row["missing"]), profile
            assert ("Comment y prendre part" in article.text) == ("path" in row), profile
            reached.add(row["verdict"])
    assert {"to_confirm", "not_eligible"} <= reached


def test_all_twelve_levers_have_a_verdict_and_the_counts_say_how_many(catalogue, client):
    page = visit(client, f"{RESULTS}?actor_type=ehpad&region=01")
    shown = verdicts(page)
    assert len(shown) == 12
    for identifier, verdict in SECTIONS.items():
        how_many = sum(reached == verdict for reached in shown.values())
        (line,) = [
            item for item in page.one("ul", "portal-counts").all("li") if item.text.startswith(TITLES[identifier])
        ]
        assert line.text == f"{TITLES[identifier]} ({how_many})"
        assert [anchor["href"] for anchor in line.all("a")] == ([f"#{identifier}"] if how_many else [])


TITLES = {
    "eligible": "Les conditions connues sont remplies",
    "via-partner": "Possible avec un partenaire qui porte",
    "to-confirm": "À confirmer",
    "not-eligible": "Ne s'applique pas à ce projet",
}


@pytest.mark.parametrize(
    "profile",
    [
        "actor_type=ehpad&region=01&needs_derogation=true&audience_60_plus=true&gir_5_6_share=40",
        "actor_type=entreprise-start-up&region=11&digital_solution=true&purchase_role=supplier",
        "",
    ],
)
def test_every_reason_names_its_source_where_in_it_and_when_it_was_checked(profile, catalogue, client):
    rows = visit(client, f"{RESULTS}?{profile}").all("li", "portal-criterion")
    assert len(rows) > 40
    for row in rows:
        source = row.all("p", "portal-source")[-1]
        assert source.text.startswith("Source : ")
        assert len(source.text) > len("Source : ") + 10
        assert source.one("time")["datetime"] >= "2020"


def test_a_reason_shows_the_answer_that_it_rests_on(catalogue, client):
    page = visit(client, f"{RESULTS}?gir_5_6_share=40")
    _, article = levers_of(page)["conference-des-financeurs"]
    assert "Votre réponse : part de personnes non dépendantes, 40 %" in article.text


def test_a_lever_that_is_closed_says_so_in_the_results(catalogue, client):
    shown = levers_of(visit(client, RESULTS))
    for slug, (_, article) in shown.items():
        closed = slug in ("tiga", "indemand", "structures-3-0", "esms-numerique")
        assert ("On ne peut plus y entrer aujourd'hui." in article.text) == closed, slug
    assert "Tiers-lieux d'expérimentation (France 2030)" in shown["structures-3-0"][1].text


def test_levers_that_can_be_entered_come_before_those_that_cannot(catalogue, client):
    closed = ["On ne peut plus y entrer" in article.text for _, article in levers_of(visit(client, RESULTS)).values()]
    assert closed == sorted(closed)


def test_a_draft_has_no_verdict(db, client):
    factories.make_lever(slug="cache", publication="draft")
    factories.make_lever(slug="publie")
    assert list(verdicts(visit(client, RESULTS))) == ["publie"]


def test_answers_are_read_back_and_can_be_changed_in_place(catalogue, client):
    page = visit(client, f"{RESULTS}?actor_type=ehpad&region=01&gir_5_6_share=40")
    said = page.one("section", aria_labelledby="reponses").one("dl")
    assert [value.text for value in said.all("dd")] == [
        "Établissement d'hébergement pour personnes âgées dépendantes (EHPAD)",
        "Guadeloupe",
        "40 %",
    ]
    form = page.one("form", id="modifier")
    assert form["action"] == RESULTS
    assert {("actor_type", "ehpad"), ("region", "01"), ("gir_5_6_share", "40")} <= set(fields(form))
    assert form.one("button").text == "Mettre à jour les résultats"
    same = visit(client, address(RESULTS, [pair for pair in fields(form) if pair[1]]))
    assert verdicts(same) == verdicts(page)


def test_the_agency_of_the_region_is_named(catalogue, client):
    following = visit(client, f"{RESULTS}?region=01").one("section", aria_labelledby="suite")
    assert "Guadeloupe" in following.text
    nowhere = visit(client, RESULTS).one("section", aria_labelledby="suite")
    assert "Indiquez votre région" in nowhere.text


def test_the_results_can_be_kept_at_an_address_that_says_the_day_of_the_rules(catalogue, client):
    page = visit(client, f"{RESULTS}?actor_type=ehpad&utm_source=x")
    kept = page.one("input", id="adresse")["value"]
    assert kept == f"http://testserver{RESULTS}?on={timezone.localdate().isoformat()}&actor_type=ehpad"
    again = visit(client, kept.removeprefix("http://testserver"))
    assert verdicts(again) == verdicts(page)


def test_the_message_for_the_agency_holds_the_answers_the_levers_and_the_address(catalogue, client):
    page = visit(client, f"{RESULTS}?actor_type=ehpad&region=01")
    message = page.one("textarea", id="message").text
    assert message.startswith("Bonjour,")
    assert "- Région : Guadeloupe" in message
    assert page.one("input", id="adresse")["value"] in message
    assert "Subvention du fonds d'intervention régional (FIR)" in message


def test_the_same_results_are_one_click_away_as_data(catalogue, client):
    page = visit(client, f"{RESULTS}?actor_type=ehpad")
    answer = client.get(link(page, "Les mêmes résultats en données (JSON)")["href"])
    assert {row["lever"]: row["verdict"] for row in answer.json()["levers"]} == verdicts(page)


# --- Rules that change ----------------------------------------------------


def changes(page: Element) -> Element | None:
    found = [alert for alert in page.all("div", "fr-alert--warning") if "Les règles ont changé" in alert.text]
    return found[0] if found else None


def test_an_address_of_the_past_says_that_the_rules_have_changed_since(catalogue, client):
    page = visit(client, f"{RESULTS}?on=2020-06-15&actor_type=ehpad")
    warning = changes(page)
    assert warning.one("h2").text == "Les règles ont changé depuis le 15 juin 2020"
    assert link(page, "Voir les résultats d'aujourd'hui")["href"] == f"{RESULTS}?actor_type=ehpad"
    assert "Règles en vigueur le 15 juin 2020 (ce n'est pas aujourd'hui)" in page.text


def test_what_ended_what_began_and_what_it_changes_is_named(db, client):
    lever = factories.make_lever(short_name="Aide datée")
    today = timezone.localdate()
    criterion = {"about": "project", "fact": "foreign_partner", "operator": "is"}
    factories.make_criterion(lever, values=[True], valid_to=today - timedelta(days=10), **criterion)
    factories.make_criterion(lever, values=[False], valid_from=today - timedelta(days=9), **criterion)
    since = today - timedelta(days=10)
    page = visit(client, f"{RESULTS}?on={since.isoformat()}&foreign_partner=true")
    assert list(verdicts(page).values()) == ["eligible"]
    assert "Des critères ont pris fin ou sont entrés en vigueur pour : Aide datée." in changes(page).text
    assert "Le résultat serait différent aujourd'hui pour : Aide datée." in changes(page).text
    later = visit(client, f"{RESULTS}?on={(since + timedelta(days=1)).isoformat()}&foreign_partner=true")
    assert list(verdicts(later).values()) == ["not_eligible"]
    assert "pour : Aide datée" not in later.text


def test_a_correction_by_a_curator_is_counted(db, client):
    criterion = factories.make_criterion(factories.make_lever())
    Criterion.history.all().delete()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert changes(visit(client, f"{RESULTS}?on={yesterday.isoformat()}")) is None
    criterion.label = "Le projet sert l'intérêt de tous"
    criterion.save()
    page = visit(client, f"{RESULTS}?on={yesterday.isoformat()}")
    assert "1 critère a été corrigé dans le portail depuis ce jour." in changes(page).text


def test_today_s_results_announce_no_change(catalogue, client):
    assert changes(visit(client, RESULTS)) is None
    assert changes(visit(client, f"{RESULTS}?on={timezone.localdate().isoformat()}")) is None


@pytest.mark.parametrize("on", ["hier", "2020-02-30", "20200615", "2020-6-15", "0000-00-00", "９９９９-01-01"])
def test_a_date_that_does_not_exist_is_told_and_today_counts(on, catalogue, client):
    page = visit(client, address(RESULTS, [("on", on), ("actor_type", "ehpad")]))
    (alert,) = [a for a in page.all("div", "fr-alert--error") if a.one("h2").text == "La date n'est pas comprise"]
    assert "Les règles d'aujourd'hui sont appliquées." in alert.text
    assert verdicts(page) == verdicts(visit(client, f"{RESULTS}?actor_type=ehpad"))


@pytest.mark.parametrize("on", [date.min.isoformat(), date.max.isoformat(), "1789-07-14"])
def test_a_date_far_away_is_no_error(on, catalogue, client):
    assert len(verdicts(visit(client, f"{RESULTS}?on={on}"))) == 12


def test_the_day_of_the_rules_is_kept_when_answers_change(catalogue, client):
    form = visit(client, f"{RESULTS}?on=2020-06-15&actor_type=ehpad").one("form", id="modifier")
    assert ("on", "2020-06-15") in fields(form)


# --- Whatever is in the address -------------------------------------------

NAMES = st.one_of(
    st.sampled_from(
        [*FACTS, "on", "ecran", "levier", "porte", "fir_mission_choice", "public_interest_choice", "utm_source"]
    ),
    st.text(max_size=8),
)
VALUES = st.one_of(
    st.sampled_from(
        ["", "true", "false", "01", "ehpad", "none", "aucun", "vous", "achat", "fir", "2020-06-15", "12", "1e9"]
    ),
    st.sampled_from(["-1", "99999999999999999999", "NaN", "٣", "\x00", "9999-12-31", "0001-01-01"]),
    st.text(max_size=12),
)


@pytest.mark.parametrize("start", [START, RESULTS])
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=10))
def test_no_address_breaks_the_diagnostic(start, pairs, catalogue, client):
    encoded = urlencode([(name, value) for name, value in pairs], errors="surrogatepass")
    answer = client.get(f"{start}?{encoded}")
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert client.get(answer.headers["Location"]).status_code == 200
    else:
        read(answer)


# --- What it costs --------------------------------------------------------


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize(("start", "queries"), [(START, 1), (RESULTS, 1), (f"{RESULTS}?on=2020-06-15", 2)])
def test_the_diagnostic_asks_the_same_number_of_queries_at_any_size(
    start, queries, size, db, client, django_assert_num_queries
):
    for _ in range(size):
        lever = factories.make_lever()
        factories.make_window(lever)
        criterion = factories.make_criterion(
            lever, about="actor", fact="actor_type", operator="in", values=["ehpad"], source=factories.make_source()
        )
        factories.make_condition(criterion, fact="region", values=["01"])
        factories.make_path(criterion, actor_types=[factories.make_actor_type("ccas")], source=factories.make_source())
        factories.make_criterion(lever)
    factories.make_agency()
    for kept in ("/appels/", "/experimentations/", "/glossaire/"):  # kept already: the results read none of them
        client.get(kept)
    forget_rulebook()
    PAGES.clear()
    for asked in (queries + 1, queries):  # the rulebook is read by the first one
        with django_assert_num_queries(asked):
            assert client.get(f"{start}{'&' if '?' in start else '?'}essai={asked}").status_code == 200


def test_a_screen_that_would_hold_no_question_is_passed_over(catalogue, client):
    address = "/diagnostic/?actor_type=ehpad&region=01&ecran=vous&revoir=logiciel"
    assert "L'achat du logiciel" not in client.get(address).content.decode()
    assert "2. Votre projet en bref" in client.get(address).content.decode()
