"""An amendment: more, less, earlier, later, other rows; prepared by one, signed by another, and nothing written over."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.ending.calendar import ending, rows_of
from projects.engine.committing import number_of, row_of
from projects.engine.door import NotAllowed, Refused
from projects.engine.paying import instalments_of, sums_of
from projects.engine.reading import records
from projects.engine.verifying import verify
from projects.following.reading import owed_by_each
from projects.models import Instalment, MoneyLine
from tests.dossier_factories import NOW, drive
from tests.following.builders import EXERCISE, amend, make_envelope, plan, row
from tests.instruction.conftest import text_of
from tests.pages.reading import read

ROWS = (row(40000, rank=1), row(20000, "balance", year=2028, due="2028-06-30", rank=2))
PAID = {"instalment": "1", "paid": "40000", "paid_on": "2026-11-28"}


@pytest.fixture
def opened(cast, in_progress):
    """Return a dossier of 60,000 €, 40,000 planned in 2027 and 20,000 in 2028, whose amendment is open."""
    plan(cast, in_progress)
    drive(in_progress, "open-amendment", cast.officer)
    return in_progress


def last_day(dossier) -> date:
    return timezone.localtime(dossier.due_at - timezone.timedelta(microseconds=1)).date()


def committed(dossier) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for line in dossier.money.filter(kind="committed"):
        found[line.year] = found.get(line.year, Decimal()) + line.amount
    return {year: amount for year, amount in found.items() if amount}


def test_nothing_changes_before_the_signature_and_then_everything_follows(cast, opened, mailoutbox):
    before = list(Instalment.objects.values_list("pk", "amount", "due_on"))
    lines = list(MoneyLine.objects.values_list("pk", "amount"))
    mailoutbox.clear()
    less = (row(30000, rank=1, year=2028), row(20000, "balance", year=2028, rank=2))
    amend(cast, opened, *less, amount=50000, ends="2027-06-30", seen=(1, 0), per_year=25000)
    assert (number_of(opened), sums_of(opened)[0], mailoutbox) == (1, 60000, [])
    drive(opened, "sign-amendment", cast.director)
    assert (opened.stage, number_of(opened), sums_of(opened)[0]) == ("running", 2, 50000)
    assert committed(opened) == {2028: 50000}
    assert last_day(opened) == date(2027, 6, 30)
    said = records(opened.procedure, opened.journal.order_by("seq").prefetch_related("texts"))
    assert (said["exercise_ends_on"], said["amount_granted"]) == (date(2027, 6, 30), 50000)
    assert {one.on for one in owed_by_each([opened])[opened.pk]} == {date(2027, 12, 30)}
    assert list(Instalment.objects.filter(schedule__number=1).values_list("pk", "amount", "due_on")) == before
    assert list(MoneyLine.objects.values_list("pk", "amount"))[: len(lines)] == lines
    assert [mail.to for mail in mailoutbox] == [[cast.owner.email]]
    assert verify(opened).is_whole


def test_it_is_a_numbered_document_that_says_before_and_after(cast, opened):
    amend(cast, opened, *ROWS, ends="2028-12-31", seen=(1, 0), reason="Deux recrutements ont tardé.")
    entry = drive(opened, "sign-amendment", cast.director)
    signed = opened.decisions.get(key="amendment")
    assert entry.data["decision"] == {"number": signed.number, "sha256": signed.sha256}
    assert "Deux recrutements ont tardé." in signed.content["text"]
    assert opened.decisions.get(key="agreement").number in signed.content["text"]
    changed = signed.content["parts"][0]["rows"]
    assert ["Fin de l'exercice financé", "31 décembre 2026", "31 décembre 2028"] in changed
    assert signed.notice.entry == entry
    assert number_of(opened) == 1, "the same rows are the same version"


RULES = {
    "below what is paid": (lambda: [row(30000, rank=1)], {"amount": 30000}, "inférieur à ce qui est déjà versé"),
    "a paid row changes": (lambda: [row(39000, rank=1), row(21000, rank=2)], {}, "déjà versée"),
    "a paid row goes": (lambda: [row(60000)], {}, "déjà versée"),
    "the rows are less": (lambda: [ROWS[0]], {}, "20\u202f000\u00a0€ en moins"),
    "beyond the envelope": (
        lambda: [ROWS[0], row(20000, "balance", year=2028, rank=2), row(5001, "instalment", year=2027)],
        {"amount": 65001},
        "il reste 5\u202f000\u00a0€",
    ),
    "an end that is past": (lambda: [*ROWS], {"ends": "2026-11-27"}, "déjà passée"),
    "nothing at all": (lambda: [*ROWS], {}, "ne change rien"),
}


@pytest.mark.parametrize("name", RULES)
def test_what_no_amendment_may_do(name, cast, lever, in_progress):
    make_envelope(cast.body, lever, 2027, 45000)
    plan(cast, in_progress)
    drive(in_progress, "pay-advance", cast.officer, **PAID)
    drive(in_progress, "ask-amendment", cast.owner)
    make_rows, fields, said = RULES[name]
    with pytest.raises(Refused) as refused:
        amend(cast, in_progress, *make_rows(), seen=(1, 0), **fields)
    assert said in str(refused.value)
    with pytest.raises(Refused, match="n'est pas préparé"):
        drive(in_progress, "sign-amendment", cast.director)


def test_what_the_envelope_no_longer_has_is_refused_at_the_signature(cast, lever, opened):
    envelope = make_envelope(cast.body, lever, 2027, 100000)
    amend(cast, opened, row(70000, rank=1), ROWS[1], amount=90000, seen=(1, 0))
    envelope.amount = Decimal(50000)
    envelope.save()
    with pytest.raises(Refused, match="Enveloppe 2027"):
        drive(opened, "sign-amendment", cast.director)
    assert (number_of(opened), sums_of(opened)[0]) == (1, 60000)
    assert not opened.decisions.filter(key="amendment").exists()


def test_a_schedule_written_since_then_asks_for_another_preparation(cast, opened):
    amend(cast, opened, *ROWS, ends="2027-12-31", seen=(1, 0))
    plan(cast, opened, row(30000, rank=1), row(30000, "balance", year=2028, rank=2), seen=1)
    with pytest.raises(Refused, match="ont changé depuis"):
        drive(opened, "sign-amendment", cast.director)
    with pytest.raises(Refused, match="entre-temps"):
        amend(cast, opened, *ROWS, ends="2027-12-31", seen=(1, 0))


def test_words_older_than_what_was_prepared_are_not_signed(cast, opened):
    officer = Client()
    officer.force_login(cast.officer)
    page = reverse("instruction-amendment", args=[opened.reference])
    amend(cast, opened, *ROWS, ends="2027-12-31", seen=(1, 0), at=NOW)
    assert officer.post(page, {"subject": "Avenant", "text": "Mes mots.", "seen": 0}).status_code == 302
    draft = opened.drafts.get(sort="amendment")
    later = timezone.localtime(draft.written_at) + timezone.timedelta(minutes=1)
    seq = opened.journal.order_by("-seq").filter(data__has_key="amendment").first().seq
    amend(cast, opened, *ROWS, ends="2028-12-31", seen=(1, seq), at=later)
    with pytest.raises(Refused, match="écrit avant la proposition"):
        drive(opened, "sign-amendment", cast.director, at=later)


def test_who_may_prepare_and_who_may_sign(cast, opened):
    for who in (cast.director, cast.owner):
        with pytest.raises(NotAllowed):
            amend(cast, opened, *ROWS, ends="2027-12-31", seen=(1, 0), who=who)
    amend(cast, opened, *ROWS, ends="2027-12-31", seen=(1, 0))
    for who in (cast.officer, cast.owner):
        with pytest.raises(NotAllowed):
            drive(opened, "sign-amendment", who)


def test_a_refused_amendment_changes_nothing_and_the_next_one_begins_afresh(cast, opened):
    amend(cast, opened, *ROWS, ends="2027-12-31", seen=(1, 0))
    drive(opened, "refuse-amendment", cast.director)
    assert last_day(opened) == date.fromisoformat(EXERCISE)
    drive(opened, "ask-amendment", cast.owner)
    with pytest.raises(Refused, match="n'est pas préparé"):
        drive(opened, "sign-amendment", cast.director)


def test_the_calendar_of_ends_follows_an_amendment_and_a_correction(cast, opened):
    def said(at: datetime = NOW):
        found = rows_of(ending(cast.actor(cast.officer).holdings, at), at)
        return [(one.due_on, one.end.on) for one in found]

    amend(cast, opened, *ROWS, ends="2027-10-31", seen=(1, 0))
    drive(opened, "sign-amendment", cast.director)
    assert said() == [(date(2027, 10, 31), date(2027, 10, 31))]
    given = {"corrected_amount": "", "corrected_ends_on": "2027-09-30"}
    drive(opened, "correct-running", cast.director, **given)
    assert said() == [(date(2027, 9, 30), date(2027, 9, 30))]
    assert opened.stage == "running"
    drive(opened, "correct-running", cast.director, corrected_amount="", corrected_ends_on="")
    assert last_day(opened) == date(2027, 9, 30), "one that says no end leaves it where it was"


def test_an_amendment_after_a_correction_is_the_one_that_counts(cast, opened):
    drive(opened, "refuse-amendment", cast.director)
    drive(opened, "correct-running", cast.director, corrected_amount="", corrected_ends_on="2027-09-30")
    drive(opened, "open-amendment", cast.officer)
    amend(cast, opened, *ROWS, ends="2028-01-31", seen=(1, 0))
    drive(opened, "sign-amendment", cast.director)
    assert last_day(opened) == date(2028, 1, 31)
    drive(opened, "correct-running", cast.director, corrected_amount="", corrected_ends_on="")
    assert last_day(opened) == date(2028, 1, 31)


def test_a_correction_never_goes_below_what_is_paid(cast, in_progress):
    plan(cast, in_progress)
    drive(in_progress, "pay-advance", cast.officer, **PAID)
    with pytest.raises(Refused, match="déjà versé"):
        drive(in_progress, "correct-running", cast.director, corrected_amount="39999.99", corrected_ends_on="")
    drive(in_progress, "correct-running", cast.director, corrected_amount="40000", corrected_ends_on="")
    assert sums_of(in_progress)[0] == 40000


def form_of(client: Client, address: str, **given) -> dict:
    page = client.get(address)
    lines, form = page.context["lines"], page.context["form"]
    data = {"ligne-TOTAL_FORMS": len(lines.forms), "ligne-INITIAL_FORMS": 0}
    for line in lines.forms:
        data |= {line.add_prefix(name): line[name].value() or "" for name in line.fields if name != "DELETE"}
    said = {name: form[name].value() for name in form.fields}
    return data | {name: "" if value is None else value for name, value in said.items()} | given


def test_an_officer_prepares_it_on_its_page_and_the_director_signs_it_from_the_folder(cast, opened, client):
    client.force_login(cast.officer)
    address = reverse("instruction-amending", args=[opened.reference])
    given = {"reason": "Un site de plus.", "amount": "65 000", "ends_on": "31/12/2027", "ligne-0-amount": "45000"}
    answer = client.post(address, form_of(client, address, **given))
    assert answer.status_code == 302, text_of(answer)
    page = text_of(client.get(answer["Location"]))
    assert "Un site de plus." in page
    assert "65\u202f000,00\u00a0€" in page
    pdf = client.get(reverse("instruction-amendment-draft", args=[opened.reference]))
    assert pdf["Content-Type"] == "application/pdf"
    client.force_login(cast.director)
    folder = reverse("instruction-signing")
    assert opened.reference in text_of(client.get(folder))
    confirm = client.post(folder, {"dossier": [opened.reference]})
    tokens = [token for _, token in confirm.context["rows"]]
    assert "C'est fait : avenant n°" in text_of(client.post(folder, {"confirme": tokens}))
    opened.refresh_from_db()
    assert (opened.stage, sums_of(opened)[0]) == ("running", 65000)
    assert [row_of(one).amount for one in instalments_of(opened)] == [45000, 20000]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": ""}, "Pourquoi cet avenant"),
        ({"amount": "mille"}, "Écrivez un montant"),
        ({"amount": "0"}, "pas l'aide"),
        ({"ends_on": "32/13/2027"}, "Écrivez une date"),
        ({"ligne-0-amount": "x"}, "Écrivez un montant"),
        ({"seen_act": "x"}, "seen"),
        ({"amount": "10"}, "de trop"),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(given, said, cast, opened, client):
    client.force_login(cast.officer)
    address = reverse("instruction-amending", args=[opened.reference])
    data = form_of(client, address, reason="Mes raisons.", ends_on="31/12/2027") | given
    answer = client.post(address, data)
    html = text_of(answer)
    assert answer.status_code in (200, 409)
    assert said in html or "La page" in html
    assert data["reason"] in html
    assert not opened.journal.filter(data__has_key="amendment").exists()


def test_each_line_to_correct_is_named_in_the_summary_with_a_link_to_its_field(cast, opened, client):
    client.force_login(cast.officer)
    address = reverse("instruction-amending", args=[opened.reference])
    data = form_of(client, address, reason="Mes raisons.") | {"ligne-1-amount": "x", "ligne-2-amount": "62,5"}
    summary = read(client.post(address, data)).one("div", "fr-alert--error", role="alert", autofocus="")
    links = [(one["href"], one.text) for one in summary.all("a")]
    assert links[0] == ("#id_ligne-1-amount", "Ligne 2, Montant, en euros")
    assert ("#id_ligne-2-kind", "Nouvelle ligne, Nature") in links


def test_the_page_shows_known_amounts_as_one_types_them(cast, opened, client):
    first, second = (row_of(one) for one in instalments_of(opened))
    first = replace(first, amount=Decimal("39999.50"))
    amend(cast, opened, first, second, amount="59999.50", seen=(1, 0))
    client.force_login(cast.officer)
    data = form_of(client, reverse("instruction-amending", args=[opened.reference]))
    assert (data["amount"], data["ligne-0-amount"], data["ligne-1-amount"]) == ("59999,50", "39999,50", "20000")


def test_only_those_who_plan_find_the_page_and_only_while_an_amendment_is_open(cast, opened, client, stranger):
    address = reverse("instruction-amending", args=[opened.reference])
    for who, status in ((cast.officer, 200), (cast.director, 404), (cast.owner, 404), (stranger, 404)):
        client.force_login(who)
        assert client.get(address).status_code == status
    drive(opened, "refuse-amendment", cast.director)
    client.force_login(cast.officer)
    assert client.get(address).status_code == 404
