"""What a curator may type in a criterion, what is refused and in which words, and what follows."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from levers.models import Amount, Criterion, Lever, Path
from levers.rulebook import match_all, read_rulebook
from tests import factories

CRITERION = {
    "key": "nouveau",
    "position": "1",
    "label": "Le projet sert l'intérêt général",
    "about": "project",
    "nature": "tested",
    "blocking": "on",
    "fact": "public_interest",
    "operator": "is",
    "values": "true",
    "locator": "page 2",
    "verified_on": "2026-01-01",
    "review_due": "2027-01-01",
}
ROW = {"locator": "", "verified_on": "2026-01-01", "review_due": "2027-01-01", "position": "0"}


def formset(prefix: str, rows: list[dict], initial: int = 0) -> dict:
    """Return what a browser sends for the rows of an inline."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def a_path(**fields) -> dict:
    source = factories.make_source()
    return ROW | {"key": "voie", "text": "Participez sous un porteur.", "source": source.pk} | fields


@pytest.fixture
def curating(client, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def lever(db):
    return factories.make_lever()


def add(client, lever, conditions=(), paths=(), **fields):
    """Send the form of a new criterion; return the page, or the redirection once it is saved."""
    source = factories.make_source()
    data = CRITERION | {"lever": lever.pk, "source": source.pk} | fields
    data |= formset("conditions", list(conditions)) | formset("paths", list(paths))
    return client.post(reverse("admin:levers_criterion_add"), data)


def change(client, criterion, conditions=None, paths=None, **fields):
    """Send the form of a criterion as it is, but for ``fields``."""
    data = {
        name: getattr(criterion, name)
        for name in ("key", "position", "label", "about", "nature", "fact", "operator", "locator")
    }
    data |= {"source": criterion.source_id, "verified_on": "2026-01-01", "review_due": "2027-01-01"}
    data |= {"values": "\n".join(str(value).lower() for value in criterion.values)}
    data |= {name: "on" for name in ("blocking", "contested") if getattr(criterion, name)}
    data |= (conditions or formset("conditions", [])) | (paths or formset("paths", []))
    address = reverse("admin:levers_criterion_change", args=[criterion.pk])
    return client.post(address, data | fields)


def refusals(answer) -> str:
    """Return every refusal of the page, as one text; the page shows each of them."""
    assert answer.status_code == 200, "the form was accepted"
    form = answer.context["adminform"].form
    said = [message for messages in form.errors.values() for message in messages]
    for inline in answer.context["inline_admin_formsets"]:
        said += [str(message) for message in inline.formset.non_form_errors()]
        said += [m for row in inline.formset.errors for messages in row.values() for m in messages]
    page = answer.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    assert said
    assert all(message in page for message in said)
    return " ".join(said)


def test_a_criterion_is_saved_with_values_of_the_type_of_its_fact(curating, lever):
    cases = [
        ({"fact": "public_interest", "operator": "is", "values": "OUI"}, [True]),
        ({"fact": "public_interest", "operator": "is", "values": "false"}, [False]),
        ({"fact": "trl", "operator": "at-least", "values": " 4 "}, [4]),
        ({"fact": "purchase_amount", "operator": "at-most", "values": "40 000"}, [40000]),
        ({"fact": "actor_type", "operator": "in", "values": "ehpad\r\n\r\nccas\r\n"}, ["ehpad", "ccas"]),
        ({"fact": "region", "operator": "not-in", "values": "01\r\n11"}, ["01", "11"]),
    ]
    for number, (fields, values) in enumerate(cases):
        answer = add(curating, lever, key=f"cas-{number}", **fields)
        assert answer.status_code == 302, refusals(answer)
        assert Criterion.objects.get(key=f"cas-{number}").values == values


REFUSED = [
    ({"fact": "inconnu"}, "Sélectionnez un choix valide"),
    ({"fact": ""}, "Fait inconnu"),
    ({"values": "peut-être"}, "true (oui) ou false (non)"),
    ({"values": ""}, "au moins une valeur"),
    ({"values": "true\r\nfalse"}, "une seule valeur"),
    ({"operator": "at-least"}, "Cette comparaison ne convient pas à ce fait. Possible : est."),
    ({"fact": "trl", "operator": "at-least", "values": "12"}, "de 1 à 9"),
    ({"fact": "trl", "operator": "at-least", "values": "4,5"}, "nombre entier"),
    ({"fact": "actor_type", "operator": "in", "values": "ehpad\r\nclinique"}, "Valeur impossible : clinique"),
    ({"fact": "actor_type", "operator": "is", "values": "ehpad"}, "ne convient pas"),
    ({"valid_from": "2026-02-01", "valid_to": "2026-01-31"}, "La période est vide"),
    ({"source": ""}, "obligatoire"),
    ({"nature": "judgement"}, "ne se compare à aucun fait"),
    ({"label": ""}, "obligatoire"),
]


@pytest.mark.parametrize(("fields", "reason"), REFUSED, ids=[str(fields) for fields, _ in REFUSED])
def test_what_could_never_be_evaluated_is_refused_with_a_reason(fields, reason, curating, lever):
    assert reason in refusals(add(curating, lever, **fields))
    assert not Criterion.objects.exists()


def test_what_was_typed_is_shown_again_after_a_refusal(curating, lever):
    answer = add(curating, lever, fact="actor_type", operator="in", values="ehpad\r\nclinique")
    assert answer.context["adminform"].form["values"].value().split() == ["ehpad", "clinique"]


def test_a_judgement_of_the_agency_compares_nothing(curating, lever):
    answer = add(curating, lever, nature="judgement", fact="", operator="", values="")
    assert answer.status_code == 302
    assert Criterion.objects.get().values == []


def test_two_criteria_of_a_lever_cannot_have_the_same_key(curating, lever):
    factories.make_criterion(lever, key="nouveau")
    factories.make_criterion(factories.make_lever(), key="nouveau")
    assert "Levier et Clé" in refusals(add(curating, lever)).replace("levier", "Levier").replace("clé", "Clé")
    other = factories.make_criterion(lever, key="autre")
    assert "existe déjà" in refusals(change(curating, other, key="nouveau"))


def test_a_condition_obeys_the_same_rules(curating, lever):
    right = {"fact": "actor_type", "operator": "in", "values": "ehpad"}
    wrong = {"fact": "actor_type", "operator": "in", "values": "clinique"}
    assert "Valeur impossible : clinique" in refusals(add(curating, lever, conditions=[wrong]))
    assert add(curating, lever, conditions=[right]).status_code == 302
    assert Criterion.objects.get().conditions.get().values == ["ehpad"]


def test_one_fact_makes_one_condition(curating, lever):
    condition = {"fact": "actor_type", "operator": "in", "values": "ehpad"}
    assert refusals(add(curating, lever, conditions=[condition, condition | {"values": "ccas"}]))


def test_a_way_around_is_saved_with_the_lever_of_its_criterion(curating, lever):
    kind = factories.make_actor_type("entreprise-pme")
    fields = {"about": "actor", "fact": "actor_type", "operator": "in", "values": "ehpad"}
    answer = add(curating, lever, paths=[a_path(actor_types=[kind.pk])], **fields)
    assert answer.status_code == 302, refusals(answer)
    path = Path.objects.get()
    assert (path.lever, path.criterion.key, path.actor_types.get()) == (lever, "nouveau", kind)


def test_only_a_criterion_on_the_actor_has_a_way_around(curating, lever):
    assert "qu'un critère sur l'acteur" in refusals(add(curating, lever, paths=[a_path()]))
    assert not Path.objects.exists()


def test_a_criterion_that_has_a_way_around_still_bears_on_the_actor_after_a_change(curating, lever):
    criterion = factories.make_criterion(lever, about="actor")
    path = factories.make_path(criterion, key="voie")
    row = a_path(id=path.pk, criterion=criterion.pk)
    answer = change(curating, criterion, paths=formset("paths", [row], initial=1), about="project")
    assert "qu'un critère sur l'acteur" in refusals(answer)


def test_kinds_of_actors_are_named_only_where_they_are_compared(curating, lever):
    kind = factories.make_actor_type("entreprise-pme")
    answer = add(curating, lever, about="actor", paths=[a_path(actor_types=[kind.pk])])
    assert "compare le type d'acteur" in refusals(answer)


def test_two_ways_around_of_a_lever_cannot_have_the_same_key(curating, lever):
    factories.make_path(factories.make_criterion(lever, about="actor"), key="voie")
    assert "existe déjà" in refusals(add(curating, lever, about="actor", paths=[a_path()]))


def test_the_page_of_a_way_around_obeys_the_same_rules(curating, lever):
    criterion, address = factories.make_criterion(lever), reverse("admin:levers_path_add")
    assert "qu'un critère sur l'acteur" in refusals(curating.post(address, a_path(criterion=criterion.pk)))
    criterion = factories.make_criterion(lever, about="actor")
    assert curating.post(address, a_path(criterion=criterion.pk)).status_code == 302
    assert Path.objects.get().lever == lever


def test_an_amount_from_more_to_less_is_refused(curating, lever):
    source = factories.make_source()
    row = ROW | {"key": "aide", "label": "Aide", "lever": lever.pk, "source": source.pk}
    address = reverse("admin:levers_amount_add")
    page = curating.post(address, row | {"minimum": "100", "maximum": "99.99"})
    assert "inférieur au montant" in page.content.decode()
    page = curating.post(address, row | {"valid_from": "2026-02-01", "valid_to": "2026-01-01"})
    assert "La période est vide" in page.content.decode()
    assert curating.post(address, row | {"minimum": "100", "maximum": "100"}).status_code == 302
    assert Amount.objects.get().maximum == 100


def test_the_help_names_the_permitted_values_of_every_fact(curating, lever):
    page = curating.get(reverse("admin:levers_criterion_add")).content.decode()
    assert "entreprise-start-up" in page
    assert "un nombre entier, de 1 à 9" in page
    assert "buyer (Oui, j&#x27;achète)" in page


def verdict(lever: Lever, **answers) -> str:
    found = {
        match.lever.slug: match.assessment.verdict for match in match_all(answers, localdate(), read_rulebook()).matches
    }
    return str(found[lever.slug])


def test_the_verdict_follows_what_a_curator_changes(curating, lever):
    criterion = factories.make_criterion(lever)
    assert verdict(lever, public_interest=True) == "eligible"
    assert change(curating, criterion, values="false").status_code == 302
    assert verdict(lever, public_interest=True) == "not_eligible"
    assert change(curating, Criterion.objects.get(), valid_to="2020-12-31").status_code == 302
    assert verdict(lever, public_interest=True) == "eligible"


def test_history_says_who_changed_what(curating, curator, lever):
    criterion = factories.make_criterion(lever, label="Ancien énoncé")
    change(curating, criterion, label="Nouvel énoncé")
    last, first = criterion.history.all()
    assert (last.history_user, last.history_type) == (curator, "~")
    delta = last.diff_against(first)
    assert {(c.field, c.old, c.new) for c in delta.changes} >= {("label", "Ancien énoncé", "Nouvel énoncé")}
    page = curating.get(reverse("admin:levers_criterion_history", args=[criterion.pk])).content.decode()
    assert "Ancien énoncé" in page
    assert "Nouvel énoncé" in page
    assert "Alix Curateur" in page
    assert "style=" not in page


def test_a_page_saved_without_a_change_writes_values_as_they_were(curating, lever):
    criterion = factories.make_criterion(lever, fact="trl", operator="at-least", values=[4])
    change(curating, criterion)
    criterion.refresh_from_db()
    assert criterion.values == [4]


def test_texts_keep_plain_line_ends(curating, lever):
    add(curating, lever, help="une\r\ndeux")
    assert Criterion.objects.get().help == "une\ndeux"


def test_a_draft_never_shows(curating, client, lever):
    factories.make_criterion(lever)
    Lever.objects.update(publication=Lever.Publication.DRAFT)
    assert match_all({}, date(2026, 1, 1), read_rulebook()).matches == ()
    page = curating.get(reverse("admin:levers_lever_change", args=[lever.pk])).content.decode()
    assert "viewsitelink" not in page
    client.logout()
    assert client.get(reverse("lever-detail", args=[lever.slug])).status_code == 404
