"""What is typed with a NUL, markup or a header in it: answered in French, never a fault, never kept with its NUL."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Attachment, Message, OpinionRequest, Section, SpecificationComment
from tests.hostile.corpus import faults_of_headers, faults_of_html, hostile
from tests.hostile.test_hostile_pages import names_of

TYPED = f"{hostile(0, 400)}\0{hostile(1, 300)}"
OPINION = {"act": "answer", "avis-says_yes": "yes", "avis-sense": "reserved", "avis-text": TYPED}
PLAN = {"plan-TOTAL_FORMS": 1, "plan-INITIAL_FORMS": 0, "plan-0-label": TYPED, "plan-0-amount": TYPED}
SENT = {
    "owner /dossiers/{reviewed}/messages/": {"text": TYPED},
    "officer /instruction/{reviewed}/messages/": {"text": TYPED},
    "visitor /avis/{token3}/": OPINION,
    "visitor /avis/{token3}/?": {"act": "declare", "interets-interest": "some", "interets-words": TYPED},
    "owner /dossiers/{specification}/cahier-des-charges/": {"section": "terrain", "terrain-text": TYPED},
    "owner /dossiers/projets/{project}/financement/": PLAN,
    "owner /dossiers/{specification}/geste/abandon/": {"reason": TYPED},
}
SEARCHES = (
    "officer /instruction/dossiers/", "officer /instruction/tableau/", "officer /instruction/projets-envisages/",
    "visitor /experimentations/", "visitor /leviers/", "visitor /appels/",
)  # fmt: skip


def answered(client, method: str, address: str, data: dict) -> None:
    """Send it, and check what comes back."""
    answer = getattr(client, method)(address, data)
    assert answer.status_code < 500
    assert faults_of_headers(answer.headers) == []
    assert faults_of_html(answer.content.decode()) == []


def with_nul() -> list:
    """Return what is kept that holds a NUL."""
    found = [*Message.objects.all(), *OpinionRequest.objects.all(), *SpecificationComment.objects.all()]
    kept = [one for one in found if "\0" in one.text]
    kept += [one for one in Section.objects.all() if "\0" in "".join(map(str, one.answers.values()))]
    return kept + [one for one in Attachment.objects.all() if "\0" in one.name]


@pytest.mark.parametrize("line", SENT)
def test_a_form_answers_what_is_hostile_and_keeps_no_nul(world, signed_in, line):
    who, address = line.split()
    answered(signed_in(who), "post", address.format(**names_of(world)), SENT[line])
    assert with_nul() == []


def test_a_section_answers_what_is_hostile_and_keeps_no_nul(world, signed_in):
    draft = world.dossiers["draft"]
    client = signed_in("owner")
    for section in draft.procedure.sections:
        for address in (
            f"/dossiers/{draft.reference}/section/",
            f"/dossiers/projets/{draft.project.public_id}/section/",
        ):
            answered(client, "post", f"{address}{section.key}/", {one.key: TYPED for one in section.questions})
    assert with_nul() == []


def test_the_name_of_a_file_is_kept_in_one_quiet_line(world, signed_in):
    draft = world.dossiers["draft"]
    for name in ('"><b zq7="1">.pdf', "..\\..\\=1+1.pdf", "\u202efdp.pdf", "n\0ul.pdf"):
        sent = {"piece": "libre", "libre-file": SimpleUploadedFile(name, b"%PDF-1.7 essai")}
        answered(signed_in("owner"), "post", f"/dossiers/{draft.reference}/pieces/", sent)
    assert with_nul() == []


@pytest.mark.parametrize("line", SEARCHES)
def test_a_search_of_what_is_hostile_is_a_search(world, signed_in, line):
    who, address = line.split()
    for typed in (TYPED, "\0", "%00", hostile(5, 200)):
        answered(signed_in(who), "get", address, {"q": typed})
