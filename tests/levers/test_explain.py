"""The first use of an acronym is followed by its meaning, once, where sentences are, and nowhere else."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levers.glossary.explain import GLOSSED, TAG, Meaning, explain, spellings, words_of

FUND = "fonds d'intervention régional"
WORDS = words_of(
    {
        "FIR": Meaning("fir", FUND),
        "ARS": Meaning("ars", "agence régionale de santé"),
        "EHPAD": Meaning("ehpad", "établissement d'hébergement pour personnes âgées dépendantes"),
        "ESMS": Meaning("esms", "établissement ou service social ou médico-social"),
        "GRADeS": Meaning("grades", "groupement régional d'appui au développement de la e-santé"),
        "GRADES": Meaning("grades", "groupement régional d'appui au développement de la e-santé"),
        "HOP'EN": Meaning("hopen", "hôpital numérique ouvert sur son environnement"),
        "ESMS numérique": Meaning("esms-numerique"),
        "CSIS": Meaning("csis"),
    }
)


def gloss(words: str, marks: str = "()") -> str:
    return f' <span class="portal-gloss">{marks[0]}{escape(words)}{marks[1]}</span>'


FIR = f"FIR{gloss(FUND)}"


def test_the_first_use_is_followed_by_its_meaning_and_the_next_ones_are_not():
    assert explain("<p>Le FIR paie. Le FIR.</p><p>FIR</p>", WORDS) == f"<p>Le {FIR} paie. Le FIR.</p><p>FIR</p>"


@pytest.mark.parametrize("tag", ["p", "li", "dd"])
def test_it_is_done_in_sentences(tag):
    assert explain(f"<{tag}>Le <strong>FIR</strong></{tag}>", WORDS) == f"<{tag}>Le <strong>{FIR}</strong></{tag}>"


@pytest.mark.parametrize(
    "silent",
    [
        "<div>FIR</div>",
        "<dt>FIR</dt>",
        "<p><a href='/'>Le FIR</a></p>",
        "<li><h3>FIR</h3></li>",
        "<li><button>FIR</button></li>",
        "<form><p>FIR</p></form>",
        "<p><label>FIR</label></p>",
        "<p><code>FIR</code></p>",
        "<li><svg><text>FIR</text></svg></li>",
        "<details><summary><h3>FIR</h3></summary></details>",
        "<nav><ul><li>FIR</li></ul></nav>",
        '<p class="portal-source">FIR</p>',
        '<p class="fr-text--sm portal-source">Source : <em>FIR</em></p>',
        '<p><span class="fr-badge fr-badge--sm">FIR</span></p>',
        '<p><span class="fr-sr-only">FIR</span></p>',
        '<p title="FIR">rien</p>',
        '<p>a <img alt="le FIR > tout"> b</p>',
        "<p><!-- FIR --></p>",
        "<li><script>FIR</script></li>",
    ],
)
def test_links_headings_forms_labels_code_pictures_and_sources_are_left_alone(silent):
    assert explain(silent, WORDS) == silent
    assert explain(f"{silent}<p>FIR</p>", WORDS) == f"{silent}<p>{FIR}</p>"


def test_what_follows_a_silent_part_is_running_text_again():
    assert explain("<p><a>FIR</a> et FIR</p>", WORDS) == f"<p><a>FIR</a> et {FIR}</p>"


@pytest.mark.parametrize(
    "written_out",
    [
        "<p>FIR (fonds d&#x27;intervention régional)</p>",
        "<p>le fonds d’intervention régional (FIR)</p>",
        "<p>Les <strong>fonds d'intervention régionaux</strong> (FIR)</p>",
        "<p>FIR, fonds d'intervention régional</p>",
        "<p>Le fonds d'intervention régional, ou FIR</p>",
        "<li>établissements et services sociaux et médico-sociaux (ESMS)</li>",
    ],
)
def test_where_the_author_wrote_it_out_nothing_is_added_there_nor_later(written_out):
    page = f"{written_out}<p>{'FIR' if 'FIR' in written_out else 'ESMS'}.</p>"
    assert explain(page, WORDS) == page


def test_a_parenthesis_that_says_something_else_is_not_doubled_and_the_next_use_is_explained():
    page = explain("<p>L'ARS (Guadeloupe) et l'ARS de Corse.</p>", WORDS)
    assert page == f"<p>L'ARS (Guadeloupe) et l'ARS{gloss('agence régionale de santé')} de Corse.</p>"


def test_inside_a_parenthesis_it_is_put_between_brackets():
    assert explain("<p>(par exemple le FIR)</p>", WORDS) == f"<p>(par exemple le FIR{gloss(FUND, '[]')})</p>"


@pytest.mark.parametrize("other", ["ARS-01", "ARS/FIR", "FIRST", "SUN-FIR", "a@FIR.fr", "/FIR", "FIR.fr", "fir"])
def test_codes_addresses_and_longer_words_are_not_the_acronym(other):
    assert explain(f"<p>{other}</p>", WORDS) == f"<p>{other}</p>"


def test_an_acronym_with_two_meanings_is_never_developed():
    assert explain("<p>Le CSIS.</p>", WORDS) == "<p>Le CSIS.</p>"


def test_a_longer_name_is_not_cut_and_the_word_in_it_is_explained_where_it_stands_alone():
    page = explain("<p>ESMS numérique aide un ESMS.</p>", WORDS)
    assert page.startswith("<p>ESMS numérique aide un ESMS <span")


def test_an_apostrophe_is_the_same_however_it_is_written():
    for written in ("HOP'EN", "HOP’EN", "HOP&#x27;EN"):
        assert explain(f"<p>{written}.</p>", WORDS).startswith(f"<p>{written} <span")


def test_two_spellings_are_one_term():
    assert explain("<p>Le GRADES, un GRADeS.</p>", WORDS).count("portal-gloss") == 1


def test_what_is_folded_does_not_count_for_who_does_not_unfold_it():
    page = "<details><p>FIR</p></details><p>FIR</p><details><p>FIR</p></details>"
    assert explain(page, WORDS) == f"<details><p>{FIR}</p></details><p>{FIR}</p><details><p>FIR</p></details>"
    opened = "<details open><p>FIR</p></details><p>FIR</p>"
    assert explain(opened, WORDS) == f"<details open><p>{FIR}</p></details><p>FIR</p>"


def test_a_long_page_stays_light_each_term_at_most_twice_whatever_its_length():
    folded = "<details><p>FIR, ARS, EHPAD</p></details>"
    page = explain((folded + "<p>FIR, ARS, EHPAD et ESMS</p>") * 300, WORDS)
    assert page.count("portal-gloss") == 3 * 2 + 1


def test_without_any_word_nothing_changes():
    assert explain("<p>FIR</p>", words_of({})) == "<p>FIR</p>"


def test_an_alias_counts_in_pages_only_where_it_looks_like_an_acronym():
    assert spellings("GRADeS", ["GRADES", "Grades", "groupement"]) == ["GRADeS", "GRADES"]


TAGS = ["p", "li", "dd", "a", "h2", "form", "details", "strong", "span", "div", "svg", "summary"]
PIECES = st.sampled_from(
    ["FIR", "ARS", " (", ")", "ESMS numérique", FUND, " et ", "HOP&#x27;EN", ", ", "<", ">", '"', "'", "&amp;", "l’", "-", "/",
     "<br>", '<img alt="FIR">', "<!-- FIR -->", '<p class="portal-source">', "<details open>", "fonds d'intervention"]
    + [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]
)  # fmt: skip
ANY_HTML = st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join)


@given(ANY_HTML)
def test_nothing_is_taken_away_and_no_tag_is_touched(html):
    page = explain(html, WORDS)
    assert GLOSSED.sub("", page) == html
    added = [tag for tag in TAG.findall(page) if "portal-gloss" in tag]
    assert [tag for tag in TAG.findall(page) if tag not in added and tag != "</span>"] == [
        tag for tag in TAG.findall(html) if tag != "</span>"
    ]


@given(ANY_HTML)
def test_explaining_twice_changes_nothing(html):
    once = explain(html, WORDS)
    assert explain(once, WORDS) == once


@given(st.text())
def test_a_text_without_a_tag_or_without_a_term_is_unchanged(text):
    assert explain(text, WORDS) == text
    plain = re.sub("[A-Z<>]", "", text)
    assert explain(f"<p>{plain}</p>", WORDS) == f"<p>{plain}</p>"
