"""The pure rules of the applicant's page: the way, the delays, the moments, the points, what each side reads."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.depositing.completion import points_of, subjects
from projects.depositing.delays import clock_said, due_said, silence_said
from projects.depositing.history import told
from projects.depositing.moments import in_both, in_words, until_in_words, zone_of
from projects.depositing.path import path_of
from projects.engine.clock import Tick, replay
from projects.forms.fields import iso
from projects.forms.moves import MoveForm
from projects.procedures.asked import Question
from projects.procedures.catalogue import LATEST, PROCEDURES
from projects.procedures.legal import FINANCIAL
from projects.procedures.shared_moves import ORIENTATION_LEVER
from projects.procedures.types import Move, Stage
from projects.procedures.vocabulary import ClockEffect, Delay, Kind, Macro, Turn, Unit, When
from tests.depositing.procedures import WORKSHOP
from tests.dossier_factories import an_answer
from tests.factories import make_lever
from tests.papers.builders import sent as paper

ISLAND = "America/Guadeloupe"
AT = datetime(2026, 11, 28, 10, 4, tzinfo=UTC)

WAYS = {
    "a draft": (["draft"], "(draft) received decided granted"),
    "deposited": (["draft", "received"], "draft (received) decided granted"),
    "to complete": (["draft", "received", "to-complete"], "draft received (to-complete) received decided granted"),
    "completed": (["draft", "received", "to-complete", "received"], "draft (received) decided granted"),
    "withdrawn": (["draft", "received", "withdrawn"], "draft received (withdrawn)"),
    "refused": (["draft", "received", "decided", "refused"], "draft received decided (refused)"),
    "nothing yet": ([], "(draft) received decided granted"),
}


@pytest.mark.parametrize(
    ("reached", "expected"), [(["draft"], "(draft) elsewhere"), (["draft", "elsewhere"], "draft (elsewhere)")]
)
def test_the_way_of_a_dossier_that_is_deposited_elsewhere_leads_there(reached, expected):
    steps = path_of(WORKSHOP, reached, elsewhere=True)
    assert " ".join(f"({s.stage.key})" if s.state == "current" else s.stage.key for s in steps) == expected


@pytest.mark.parametrize("name", WAYS)
def test_the_way_that_is_shown(name):
    reached, expected = WAYS[name]
    shown = [
        f"({step.stage.key})" if step.state == "current" else step.stage.key for step in path_of(WORKSHOP, reached)
    ]
    assert " ".join(shown) == expected


@pytest.mark.parametrize(
    ("key", "here", "following"),
    [
        ("fir", "running", "report reported settled closed"),
        ("fir", "signed", "granted agreement countersign running report reported settled closed"),
        ("call-aap", "review", "proposed granted agreement countersign running report reported settled closed"),
        ("call-aap", "reserve", "granted agreement countersign running report reported settled closed"),
    ],
)
def test_neither_a_detour_nor_a_waiting_list_is_announced_as_the_next_step(key, here, following):
    steps = path_of(LATEST[key], ["draft", here])
    assert " ".join(one.stage.key for one in steps if one.state == "next") == following


AFTER_A_DECISION = "agreement countersign running report reported settled closed"
OF_AN_EXPERIMENT = "committee review proposed publication authorised running evaluation exit transition ordinary-law"


@pytest.mark.parametrize(
    ("key", "here", "following"),
    [
        ("article-51", "admissibility", f"co-construction reading opinions rapporteur {OF_AN_EXPERIMENT}"),
        ("article-51", "to-complete", f"admissibility co-construction reading opinions rapporteur {OF_AN_EXPERIMENT}"),
        ("article-51", "reading", f"opinions rapporteur {OF_AN_EXPERIMENT}"),
        ("article-51", "national-received", f"national-co-construction national-reading {OF_AN_EXPERIMENT}"),
        ("call-aap-letter", "letter-received", f"full-file received admissibility review proposed granted {AFTER_A_DECISION}"),
        ("call-aap-letter-jury", "full-file", f"received admissibility review proposed granted {AFTER_A_DECISION}"),
        ("call-ami-letter", "letter-received", "full-file received admissibility review proposed granted sharpening closed"),
        ("cpom", "received", "dialogue agency-dialogue signing running closed"),
    ],
)  # fmt: skip
def test_a_letter_of_intent_is_told_the_whole_road_and_what_hangs_on_a_decision(key, here, following):
    steps = [one for one in path_of(LATEST[key], ["draft", here]) if one.state == "next"]
    assert " ".join(one.stage.key for one in steps) == following
    granted = [one for one in steps if one.stage.macro is Macro.GRANTED]
    assert all(one.label.endswith("si la décision est favorable") for one in granted[:1])


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: f"{one.key}-{one.version}")
def test_no_road_stops_where_something_follows(procedure):
    """From the draft, the road ends where a dossier ends, or where nothing but leaving or coming back is left."""
    last = path_of(procedure, [procedure.initial.key])[-1].stage
    ahead = [procedure.stage(move.to) for move in procedure.moves_from(last.key)]
    assert not [one.key for one in ahead if one.macro in (Macro.REVIEW, Macro.GRANTED, Macro.TO_COMPLETE)]


def test_a_decision_that_is_prepared_is_one_step_and_a_grant_is_never_announced_as_sure():
    steps = path_of(LATEST["fir"], ["draft", "received", "admissibility", "review", "proposed", "checked", "signed"])
    labels = [one.label for one in steps]
    assert labels.count("Décision en préparation") == 1
    assert labels[5] == "Accordé, si la décision est favorable"


@pytest.mark.parametrize("procedure", [*PROCEDURES, WORKSHOP], ids=lambda one: one.key)
@settings(deadline=None)
@given(data=st.data())
def test_from_any_history_the_way_has_one_present_stage_and_an_end(procedure, data):
    reached, here = [procedure.initial.key], procedure.initial.key
    for _ in range(data.draw(st.integers(0, 12))):
        moves = procedure.moves_from(here)
        if not moves:
            break
        here = data.draw(st.sampled_from(moves)).to
        reached.append(here)
    steps = path_of(procedure, reached)
    assert [step.stage.key for step in steps if step.state == "current"] == [here]
    following = [step.stage.key for step in steps if step.state == "next"]
    assert len(following) == len(set(following))


def test_moments_are_read_on_the_clocks_of_the_place_and_of_paris():
    assert in_words(AT, ISLAND) == "28 novembre 2026 à 6\xa0h\xa004 (heure de Guadeloupe)"
    assert in_both(AT, ISLAND).endswith("soit le 28 novembre 2026 à 11\xa0h\xa004 (heure de Paris)")
    assert in_both(AT, "Europe/Paris") == "28 novembre 2026 à 11\xa0h\xa004 (heure de Paris)"
    assert (
        until_in_words(datetime(2026, 12, 1, 4, tzinfo=UTC), ISLAND) == "30 novembre 2026 inclus (heure de Guadeloupe)"
    )


@pytest.mark.parametrize(
    ("call", "region", "zone"),
    [
        ("Indian/Reunion", "01", "Indian/Reunion"),
        ("", "01", ISLAND),
        ("", "76", "Europe/Paris"),
        ("", "", "Europe/Paris"),
    ],
)
def test_whose_clocks(call, region, zone):
    assert zone_of(call, region) == zone


def clock(*effects: str):
    delay = Delay(2, Unit.MONTHS, "")
    return replay(
        Tick(ClockEffect(one), AT + timedelta(days=10 * rank), "Texte", delay) for rank, one in enumerate(effects)
    )


@pytest.mark.parametrize(
    ("effects", "words"),
    [
        ((), ""),
        (("start",), "jusqu'au 28 janvier 2027"),
        (("start", "suspend"), "suspendu depuis le 8 décembre 2026"),
        (("start", "suspend", "resume"), "jusqu'au 7 février 2027 à 6\xa0h\xa004 (10 jours de suspension rendus)"),
        (("start", "stop"), "il est arrêté"),
    ],
)
def test_the_clock_in_words(effects, words):
    assert words in clock_said(clock(*effects), ISLAND, AT)
    assert bool(clock_said(clock(*effects), ISLAND, AT)) == bool(effects)


def test_a_delay_that_is_over_is_said_to_be_and_what_silence_means_until_somebody_answered():
    running, stopped = clock("start"), clock("start", "stop")
    assert "il est passé" in clock_said(running, ISLAND, AT + timedelta(days=90))
    assert silence_said(running, FINANCIAL).startswith("Votre demande porte sur de l'argent public")
    assert (silence_said(stopped, FINANCIAL), silence_said(clock(), FINANCIAL)) == ("", "")


def test_what_is_due_in_words():
    stage = Stage("a", "A", "A", Macro.REVIEW, Turn.AGENCY, "", due=Delay(1, Unit.DAYS, "Écrivez."))
    late, after = due_said(stage, Turn.AGENCY, AT, AT + timedelta(days=1), ISLAND)
    assert (late.startswith("C'était attendu jusqu'au"), "délai d'usage" in late, after) == (True, True, "Écrivez.")
    assert due_said(stage, Turn.APPLICANT, AT, AT - timedelta(days=1), ISLAND)[0].startswith("Vous avez jusqu'au")
    assert due_said(stage, Turn.AGENCY, None, AT, ISLAND) == ("", "")


def test_points_lead_to_their_question_or_piece_and_what_is_unknown_is_about_the_whole():
    keys = ["question:need.why", "piece:budget", "", "piece:gone", "question:need.gone", "question:"]
    found = points_of(WORKSHOP, [{"about": about, "words": "x"} for about in keys])
    assert [(one.section, one.question, one.piece) for one in found] == [
        ("need", "why", ""), ("", "", "budget"), *[("", "", "")] * 4,
    ]  # fmt: skip
    assert {found[2].label, found[3].label} == {"Le dossier en général"}
    assert len(subjects(WORKSHOP)) == 1 + 3 + 2


def act(kind: str = "move", party: str = "carrier", **more) -> SimpleNamespace:
    texts = [SimpleNamespace(field=name, text=text) for name, text in more.pop("texts", {}).items()]
    fields = {"kind": kind, "party": party, "actor": uuid4(), "at": AT, "move": "", "to_stage": "", "data": {}} | more
    fields.setdefault("from_stage", "received")
    return SimpleNamespace(texts=SimpleNamespace(all=lambda: texts), **fields)


@pytest.mark.parametrize("kind", ["refused", "downloaded", "recused", "maintenance"])
def test_each_side_reads_its_own_acts_alone(kind):
    ours, theirs = act(kind, "carrier"), act(kind, "officer")
    assert len(told(WORKSHOP, [ours, theirs], {}, for_applicant=True)) == 1
    assert len(told(WORKSHOP, [ours, theirs], {}, for_applicant=False)) == 2


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("consulted", {"step": "reminded"}, "Un avis demandé est rappelé"),
        ("consulted", {}, "Une demande d'avis change"),
        ("indicated", {"indicator": 3, "value": "70"}, "Une valeur d'indicateur est notée"),
        ("indicated", {"indicator": {}}, "Un indicateur est ajouté"),
        ("published", {"proposed": {}}, "Un texte est proposé pour le registre public"),
        ("published", {"hidden": "un-projet"}, "L'entrée du registre public est retirée"),
    ],
)
def test_an_act_without_a_move_says_what_exactly_was_done(kind, data, words):
    (line,) = told(WORKSHOP, [act(kind, "officer", data=data)], {}, for_applicant=False)
    assert line.what == words


def test_an_expert_is_never_named_to_the_applicant():
    expert = act(party="expert", move="propose", to_stage="decided", texts={"opinion": "Secret"})
    (line,) = told(WORKSHOP, [expert], {expert.actor: "Camille Expert"}, for_applicant=True)
    assert (line.who, line.details, line.what) == ("Expert invité", (), "Nouvelle étape : « Décision en préparation »")
    (line,) = told(WORKSHOP, [expert], {expert.actor: "Camille Expert"}, for_applicant=False)
    assert "Camille Expert" in line.who
    assert line.details == (("Avis réservé", "Secret"),)


@pytest.mark.parametrize(
    ("role", "named", "detail"),
    [
        ("lead", True, ("Responsable du dossier", "Camille Collègue")),
        ("expert", True, ("Expert métier", "Camille Collègue")),
        ("lead", False, ("Responsable du dossier", "Compte effacé")),
        ("expert", None, ("Expert métier", "Personne")),
    ],
)
def test_to_whom_a_dossier_is_entrusted_is_said_by_the_name_of_today_on_the_agency_s_side(role, named, detail):
    person = uuid4()
    data = {"role": role, "person": None if named is None else str(person)}
    entrusted = act("assigned", "head", data=data)
    people = {person: "Camille Collègue"} if named else {}
    (line,) = told(WORKSHOP, [entrusted], people, for_applicant=False)
    assert line.details == (detail,)
    assert told(WORKSHOP, [entrusted], people, for_applicant=True) == []


def test_an_afternoon_of_writing_is_one_line():
    me = uuid4()
    acts = [act("section", actor=me, at=AT + timedelta(minutes=n)) for n in range(5)] + [act("section")]
    assert len(told(WORKSHOP, acts, {}, for_applicant=True)) == 2


def test_internal_moves_inside_one_public_stage_are_not_told_again_and_the_agency_reads_every_one():
    moves = [
        act(party="officer", move="propose", from_stage=here, to_stage="decided")
        for here in ("received", "decided", "decided")
    ]
    (line,) = told(WORKSHOP, moves, {}, for_applicant=True)
    assert (line.what, line.at) == ("Nouvelle étape : « Décision en préparation »", AT)
    assert len(told(WORKSHOP, moves, {}, for_applicant=False)) == 3


def test_files_that_follow_one_another_are_one_line_for_the_applicant_and_all_there_for_the_agency():
    me, other = uuid4(), uuid4()
    acts = []
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        acts += [act("attached", actor=me, texts={"name": name}), act("scanned", "system", actor=None)]
    acts += [act("attached", actor=other, texts={"name": "d.pdf"}), act("message"), act("attached", actor=me)]
    lines = told(WORKSHOP, acts, {me: "Camille"}, for_applicant=True)[::-1]
    assert [line.what for line in lines] == [
        "3 fichiers sont joints", "L'antivirus a examiné 3 fichiers", "Un fichier est joint",
        "Un message est envoyé", "Un fichier est joint",
    ]  # fmt: skip
    assert lines[0].details == (("Fichier", "a.pdf"), ("Fichier", "b.pdf"), ("Fichier", "c.pdf"))
    assert len(told(WORKSHOP, acts, {}, for_applicant=False)) == len(acts)


def test_a_correction_of_what_an_agent_typed_is_never_folded_away():
    me = uuid4()
    corrects = {"section": "need", "version": 3, "corrects": 2}
    acts = [
        act("section", "enterer", actor=me),
        act("section", "enterer", actor=me, data=corrects, texts={"reason": "Faute de frappe"}),
        act("section", "enterer", actor=me, data=corrects, texts={"reason": "Autre faute"}),
    ]
    lines = told(WORKSHOP, acts, {}, for_applicant=True)
    assert len(lines) == 3
    assert lines[0].details[-1] == ("Pourquoi", "Autre faute")


# --- The form of a move --------------------------------------------------------


def question(kind: Kind, **more) -> Question:
    return Question("q", "Question", kind, **more)


def form(*questions: Question, **given) -> MoveForm:
    move = Move("m", "Geste", (), "", frozenset(), fields=questions)
    return MoveForm(move, {"seen": "1", "key": str(uuid4()), **given})


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.DATE, "31/01/2027", "2027-01-31"),
        (Kind.DATE, "2027-01-31", "2027-01-31"),
        (Kind.MONEY, "12 500,50 €", "12 500,50 €"),
        (Kind.INTEGER, "1 200", "1 200"),
        (Kind.YES_NO, "true", "true"),
        (Kind.EMAIL, "service@exemple.invalid", "service@exemple.invalid"),
        (Kind.URL, "exemple.invalid", "https://exemple.invalid"),
        (Kind.TEXT, "  un mot ", "un mot"),
    ],
)
def test_what_is_typed_is_kept_as_rules_read_it(kind, typed, kept):
    sent = form(question(kind), q=typed)
    assert sent.is_valid(), sent.errors
    assert sent.given == {"q": kept}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(Kind.DATE, "31/02/2027"), (Kind.MONEY, "beaucoup"), (Kind.MONEY, "-3"), (Kind.INTEGER, "1,5"), (Kind.YES_NO, "oui"),
     (Kind.EMAIL, "à moi"), (Kind.CHOICE, "x"), (Kind.CHOICES, "x"), (Kind.URL, "javascript:alert(1)"), (Kind.TEXT, " ")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(kind, typed):
    sent = form(question(kind), q=typed)
    assert not sent.is_valid()
    assert sent.errors["q"][0]


def test_a_question_that_others_do_not_call_for_is_neither_asked_nor_given():
    asked = Question("more", "Précisez", Kind.TEXT, when=When("q", (True,)))
    no, yes = form(question(Kind.YES_NO), asked, q="false", more="x"), form(question(Kind.YES_NO), asked, q="true")
    assert (no.is_valid(), yes.is_valid()) == (True, False)
    assert no.given == {"q": "false"}


@settings(deadline=None)
@given(st.sampled_from(list(Kind)), st.text(max_size=60))
def test_whatever_is_typed_the_form_answers(kind, typed):
    sent = form(question(kind), q=typed)
    assert sent.is_valid() or sent.errors["q"]


def as_sent(asked: Question):
    if asked.key == ORIENTATION_LEVER:
        return "fir"
    answer = an_answer(asked)
    if asked.kind is Kind.INTEGER and asked.low is not None:
        return str(asked.low)
    return "true" if answer is True else answer


@pytest.mark.parametrize("procedure", [*PROCEDURES, WORKSHOP], ids=lambda one: one.key)
def test_every_move_of_every_procedure_has_a_form_that_right_answers_fill(procedure, db):
    make_lever(slug="fir")
    for move in procedure.moves:
        assert not {one.key for one in move.fields} & {"seen", "key", "content_seen", "receipt"}
        answers = {"seen": "1", "key": str(uuid4())} | {one.key: as_sent(one) for one in move.fields}
        sent = MoveForm(move, answers, {MoveForm.FILES: paper()} if move.document else {})
        assert sent.is_valid(), (move.key, sent.errors)


def test_days_are_typed_in_several_ways():
    assert {iso(one) for one in ("01/02/2027", "1/2/2027", "01.02.2027", "2027-02-01")} == {"2027-02-01"}
    assert iso("demain") == "demain"


def test_a_day_that_the_agency_named_lasts_until_it_is_over_and_is_no_usage_of_the_portal():
    stage = LATEST["fir"].stage("received")
    named, counted = datetime(2026, 12, 15, 23, tzinfo=UTC), datetime(2026, 12, 15, 9, tzinfo=UTC)
    assert due_said(stage, Turn.APPLICANT, named, AT, "Europe/Paris")[0] == (
        "Vous avez jusqu'au 15 décembre 2026 inclus (heure de Paris)."
    )
    assert "délai d'usage" in due_said(stage, Turn.APPLICANT, counted, AT, "Europe/Paris")[0]
