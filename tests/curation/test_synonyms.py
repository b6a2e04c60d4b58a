"""Synonyms: what a group may be, what it would change, and how curators see that before they save."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from levers.models import Synonym
from levers.search import Query
from levers.synonym_preview import Change
from levers.views.nothing_found import index_now
from tests import factories
from tests.pages.reading import fields, link, read, visit

ADD = reverse("admin:levers_synonym_add")
ADD_PREVIEW = reverse("admin:levers_synonym_preview_add")
PREVIEW_BUTTON = "Voir ce que cela changerait"


def group(*expressions: str, **fields) -> Synonym:
    """A group that is not saved, ready to be checked."""
    return Synonym(slug="groupe", expressions="\n".join(expressions), note="Pour l'essai.", **fields)


def found(text: str) -> list[str]:
    """The titles that the catalogue finds for a text, in order."""
    titles = {lever.pk: lever.title for lever in factories.Lever.objects.all()}
    return [titles[key] for key in index_now().search(Query(text=text)).keys]


# --- What a group may be ------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "expressions",
    [
        ("EHPAD", "maison de retraite"),
        ("IA", "intelligence artificielle"),
        ("structures 3.0", "tiers-lieux"),
        ("appel à projets", "AAP"),
        ("CFPPA", "conférence des financeurs de la prévention de la perte d'autonomie"),
        tuple(f"mot{number}" for number in range(12)),
    ],
)
def test_a_group_of_expressions_that_say_something_is_accepted(expressions):
    group(*expressions).full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("expressions", "reason"),
    [
        (("EHPAD",), "de deux à 12"),
        (tuple(f"mot{number}" for number in range(13)), "de deux à 12"),
        (("EHPAD", "***"), "ni lettre ni chiffre"),
        (("EHPAD", "deux trois quatre cinq six sept huit"), "trop long"),
        (("EHPAD", "x" * 81), "trop long"),
        (("EHPAD", "pour les"), "ne dit pas de quoi"),
        (("EHPAD", "aide"), "ne dit pas de quoi"),
        (("EHPAD", "financer mon projet"), "ne dit pas de quoi"),
        (("EHPAD", "e"), "ne dit pas de quoi"),
        (("EHPAD", "ehpad"), "une seule recherche"),
        (("Télésuivi", "telesuivi"), "une seule recherche"),
        (("maison de retraite", "maison retraite"), "une seule recherche"),
    ],
)
def test_a_group_that_would_spoil_searches_is_refused_with_its_reason(expressions, reason):
    with pytest.raises(ValidationError, match=reason) as refusal:
        group(*expressions).full_clean()
    assert set(refusal.value.message_dict) == {"expressions"}


@pytest.mark.django_db
def test_an_expression_stands_in_one_group_unless_one_of_them_says_that_it_has_several_meanings():
    other = factories.make_synonym("AMI", "appel à manifestation d'intérêt")
    with pytest.raises(ValidationError, match="« ami » est déjà dans le groupe « AMI = appel"):
        group("ami", "assurance maladie").full_clean()
    group("ami", "assurance maladie", shared=True).full_clean()
    other.shared = True
    other.save()
    group("ami", "assurance maladie").full_clean()


@pytest.mark.django_db
def test_a_group_does_not_stand_in_its_own_way():
    factories.make_synonym("AMI", "appel à manifestation d'intérêt").full_clean()


@pytest.mark.django_db
def test_search_reads_the_groups_in_the_order_of_their_identifiers_and_without_blank_lines():
    factories.make_synonym("b", slug="b-2", expressions=" jeune   pousse \r\n\r\nstart-up\n")
    factories.make_synonym("EHPAD", "maison de retraite", slug="b-10")
    factories.make_synonym("HAD", "hospitalisation à domicile", slug="a")
    assert Synonym.objects.groups() == [
        ("HAD", "hospitalisation à domicile"),
        ("EHPAD", "maison de retraite"),
        ("jeune pousse", "start-up"),
    ]


# --- The groups of the portal -------------------------------------------------


def test_every_group_of_the_portal_would_be_accepted_in_the_admin(catalogue):
    assert Synonym.objects.count() >= 30
    for synonym in Synonym.objects.all():
        synonym.full_clean()


def test_every_expression_of_the_portal_finds_something(catalogue):
    index = index_now()
    expressions = [text for synonym in Synonym.objects.all() for text in synonym.expression_list]
    assert [text for text in expressions if not index.search(Query(text=text)).total] == []


def test_all_the_expressions_of_a_group_of_the_portal_find_the_same_levers(catalogue):
    index = index_now()
    for synonym in Synonym.objects.all():
        answers = {frozenset(index.search(Query(text=text)).keys) for text in synonym.expression_list}
        assert len(answers) == 1, synonym


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("FIR", "fir"),
        ("fonds d'intervention régional", "fir"),
        ("subvantion inovation ehpad guadloupe", "fir"),
        ("CPOM", "cpom"),
        ("art. 51", "article-51"),
        ("TIGA", "tiga"),
        ("ESSMS", "esms-numerique"),
        ("dossier de l'utilisateur informatisé", "esms-numerique"),
        ("partenariat avec un hôpital étranger", "mig-cooperation-internationale"),
        ("tiers-lieux en santé", "structures-3-0"),
        ("codesign", "indemand"),
        ("troisième âge", "conference-des-financeurs"),
        ("sécurité informatique", "grades"),
        ("MSSanté", "esms-numerique"),
        ("hackathon", "ami-aap-aac"),
    ],
)
def test_the_words_that_people_type_put_the_right_sheet_first(text, first, catalogue):
    assert index_now().search(Query(text=text)).keys[0] == catalogue[first].pk


@pytest.mark.parametrize(
    "text", ["FIR", "CPOM", "AMI", "AAP", "AAC", "MIG", "TIGA", "PRS", "article 51", "cybersécurité"]
)
def test_no_group_drowns_a_word_that_few_sheets_hold(text, catalogue):
    assert 0 < index_now().search(Query(text=text)).total <= len(catalogue) / 3


# --- What a group would change --------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "added", "removed", "reordered", "nothing"),
    [
        ((), (), (), (), False, True),
        ((1, 2), (1, 2), (), (), False, True),
        ((1, 2), (3, 1, 2), (3,), (), False, False),
        ((1, 2, 3), (1, 3), (), (2,), False, False),
        ((1, 2), (2, 1), (), (), True, False),
        ((1, 2), (2, 3, 1), (3,), (), True, False),
    ],
)
def test_a_change_says_what_comes_what_goes_and_what_moves(before, after, added, removed, reordered, nothing):
    change = Change("mot", before, after)
    assert (change.added, change.removed, change.reordered, change.nothing) == (added, removed, reordered, nothing)


# --- The admin ------------------------------------------------------------------


@pytest.fixture
def two_levers(db) -> None:
    factories.make_lever(title="Robots au chevet", position=1)
    factories.make_lever(title="Automates de soins", position=2)


def submit(client, page, button: str, changed: dict, *, address: str):
    """Send the form of a page as a browser does, with this button, to where the button or the form says."""
    form = page.one("form", id="synonym_form")
    chosen = [element for element in page.all("button") if element.text == button]
    chosen += [element for element in form.all("input", type="submit") if element["value"] == button]
    to = chosen[0].get("formaction") or form.get("action") or address
    named = {chosen[0]["name"]: "1"} if chosen[0].get("name") else {}
    typed = dict(fields(form)) | {"expressions": as_lines(form)}
    return client.post(to, typed | changed | named, follow=True)


def as_lines(form) -> str:
    """The expressions as the page holds them, one a line (the browser leaves out the first line end)."""
    return "".join(form.one("textarea", name="expressions").children).removeprefix("\r\n").removeprefix("\n")


TYPED = {"expressions": "robot\r\n\r\nautomate  de soins", "note": "On dit l'un, on écrit l'autre."}


def test_a_curator_sees_what_a_new_group_would_change_then_saves_it_and_the_next_search_knows_it(
    two_levers, client, curator
):
    client.force_login(curator)
    preview = read(submit(client, visit(client, ADD), PREVIEW_BUTTON, TYPED, address=ADD))
    robot, automate = preview.one(id="apercu").all("table")
    assert robot.one("caption").text == "« robot » : ajoutés : 1, retirés : 0"
    today, then = robot.all("td")
    assert [item.text for item in today.all("li")] == ["Robots au chevet"]
    assert [item.text for item in then.all("li")] == ["Robots au chevet", "Automates de soins (ajouté)"]
    assert automate.one("caption").text == "« automate de soins » : ajoutés : 1, retirés : 0"
    assert not Synonym.objects.exists()
    assert found("robot") == ["Robots au chevet"]

    saved = submit(client, preview, "Enregistrer", {}, address=ADD_PREVIEW)
    assert saved.redirect_chain[-1][0] == reverse("admin:levers_synonym_changelist")
    synonym = Synonym.objects.get()
    assert (synonym.slug, synonym.expression_list) == ("robot", ["robot", "automate de soins"])
    assert synonym.history.get().history_user == curator
    assert found("ROBOTS") == ["Robots au chevet", "Automates de soins"]


def test_a_curator_goes_on_typing_from_the_preview(two_levers, client, curator):
    client.force_login(curator)
    preview = read(submit(client, visit(client, ADD), PREVIEW_BUTTON, TYPED, address=ADD))
    back = link(preview, "Modifier")
    assert preview.one(id=back["href"].removeprefix("#")).text == "robot automate de soins"
    assert as_lines(preview).replace("\r\n", "\n") == TYPED["expressions"].replace("\r\n", "\n")
    again = read(submit(client, preview, PREVIEW_BUTTON, {"expressions": "robot\nchevet"}, address=ADD_PREVIEW))
    assert again.one("textarea", name="expressions").text == "robot chevet"
    assert again.one("input", name="note")["value"] == TYPED["note"]
    assert not Synonym.objects.exists()


def test_the_preview_of_a_group_that_exists_shows_what_an_expression_taken_out_would_lose(two_levers, client, curator):
    client.force_login(curator)
    synonym = factories.make_synonym("robot", "automate")
    address = reverse("admin:levers_synonym_change", args=[synonym.pk])
    changed = {"expressions": "robot\nandroïde"}
    preview = read(submit(client, visit(client, address), PREVIEW_BUTTON, changed, address=address))
    captions = [table.one("caption").text for table in preview.one(id="apercu").all("table")]
    assert captions == [
        "« robot » : ajoutés : 0, retirés : 1",
        "« androïde » : ajoutés : 1, retirés : 0",
        "« automate » : ajoutés : 0, retirés : 1",
    ]
    assert "Robots au chevet (retiré)" in preview.one(id="apercu").text
    synonym.refresh_from_db()
    assert synonym.expression_list == ["robot", "automate"]
    assert synonym.history.count() == 1
    submit(client, preview, "Enregistrer", {}, address="")
    synonym.refresh_from_db()
    assert synonym.expression_list == ["robot", "androïde"]


def test_a_preview_refuses_what_saving_would_and_keeps_what_was_typed(two_levers, client, curator):
    client.force_login(curator)
    typed = {"expressions": "robot\naide", "note": "Un essai.", "slug": "mon-groupe", "shared": "on"}
    page = read(submit(client, visit(client, ADD), PREVIEW_BUTTON, typed, address=ADD))
    assert "« aide » ne dit pas de quoi il s'agit" in page.text
    assert page.all(id="apercu") == []
    kept = dict(fields(page.one("form", id="synonym_form")))
    assert {name: kept[name] for name in typed} == typed | {"expressions": "robot aide"}
    missing = read(submit(client, page, PREVIEW_BUTTON, {"expressions": "", "note": ""}, address=ADD))
    assert missing.all(id="apercu") == []
    assert len(missing.all("ul", css="errorlist")) >= 2
    assert not Synonym.objects.exists()


def test_an_identifier_that_is_taken_is_refused_by_the_preview_too(two_levers, client, curator):
    client.force_login(curator)
    factories.make_synonym("automate", "machine", slug="robot")
    typed = TYPED | {"expressions": "robot\nandroïde"}
    page = read(submit(client, visit(client, ADD), PREVIEW_BUTTON, typed, address=ADD))
    assert page.all(id="apercu") == []
    assert page.all("ul", css="errorlist") != []


def test_a_long_answer_is_named_by_its_first_levers_and_counted(client, curator, db):
    client.force_login(curator)
    for number in range(23):
        factories.make_lever(title=f"Robot numéro {number}", position=number)
    preview = read(submit(client, visit(client, ADD), PREVIEW_BUTTON, TYPED, address=ADD))
    today = preview.one(id="apercu").all("table")[0].all("td")[0]
    assert len(today.all("li")) == 20
    assert "et 3 autres" in today.text


def test_the_page_of_a_preview_holds_no_inline_script_or_style(two_levers, client, curator):
    client.force_login(curator)
    preview = read(submit(client, visit(client, ADD), PREVIEW_BUTTON, TYPED, address=ADD))
    assert [element for element in preview if element.get("style") is not None] == []
    assert preview.all("style") == []
    assert [script for script in preview.all("script") if not script.get("src")] == []
    assert [name for element in preview for name in element.attributes if name.startswith("on")] == []


def test_a_preview_opened_by_its_address_leads_back_to_the_form(client, curator):
    client.force_login(curator)
    synonym = factories.make_synonym()
    assert client.get(ADD_PREVIEW)["Location"] == ADD
    preview = reverse("admin:levers_synonym_preview", args=[synonym.pk])
    assert client.get(preview)["Location"] == reverse("admin:levers_synonym_change", args=[synonym.pk])
    gone = client.post(reverse("admin:levers_synonym_preview", args=[synonym.pk + 1]), TYPED)
    assert gone["Location"] == reverse("admin:index")


def test_a_search_without_result_starts_a_group(client, curator):
    client.force_login(curator)
    page = visit(client, f"{ADD}?expressions=exosquelette")
    assert page.one("textarea", name="expressions").text == "exosquelette"


def test_nobody_but_those_who_may_write_groups_previews_one(client, stranger, officer, db):
    synonym = factories.make_synonym()
    addresses = [ADD_PREVIEW, reverse("admin:levers_synonym_preview", args=[synonym.pk])]
    for address in addresses:
        assert client.post(address, TYPED).status_code == 302
    client.force_login(stranger)
    assert [client.post(address, TYPED).status_code for address in addresses] == [302, 302]
    officer.is_staff = True
    officer.save()
    client.force_login(officer)
    assert [client.post(address, TYPED).status_code for address in addresses] == [403, 403]
    assert client.get(ADD).status_code == 403


def test_somebody_who_may_only_read_groups_has_no_preview(client, officer):
    officer.is_staff = True
    officer.save()
    officer.user_permissions.add(factories.permission("view_synonym"))
    client.force_login(officer)
    synonym = factories.make_synonym()
    page = visit(client, reverse("admin:levers_synonym_change", args=[synonym.pk]))
    assert [button for button in page.all("button") if button.text == PREVIEW_BUTTON] == []
    assert client.post(reverse("admin:levers_synonym_preview", args=[synonym.pk]), TYPED).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_the_list_of_groups_asks_the_same_number_of_queries_at_any_size(size, admin_client, django_assert_num_queries):
    for number in range(size):
        factories.make_synonym(f"mot{number}", f"terme{number}")
    with django_assert_num_queries(6):
        page = admin_client.get(reverse("admin:levers_synonym_changelist"))
    assert len(page.context["cl"].result_list) == size
