"""What a deposit gives to sort dossiers by: the facets of its answers, written anew from each frozen content."""

from collections.abc import Mapping

from projects.content.facets import questions_of, values_of
from projects.models import Dossier, DossierFacet

LONGEST = 2_000
"""How much of a free answer is kept to be searched."""

MOST = Dossier._meta.get_field("facet_values").max_length


def write_facets(dossier: Dossier, content: Mapping) -> list[DossierFacet]:
    """Replace the facets of a dossier by those of what it freezes; an answer that was not called for gives none."""
    rows, dossier.facet_values = facets_in(dossier, content)
    dossier.save(update_fields=["facet_values"])
    dossier.facets.all().delete()
    return DossierFacet.objects.bulk_create(rows)


def facets_in(dossier: Dossier, content: Mapping) -> tuple[list[DossierFacet], str | None]:
    """Return the facets that a frozen content gives, not saved, and their values in one column; None if too long."""
    answers = content.get("answers", {})
    found = {
        (question.facet, value): words[:LONGEST]
        for section, question in questions_of(dossier.procedure)
        for value, words in values_of(question, answers.get(section, {}).get(question.key))
    }
    written = " ".join(sorted(f"{name}={value}" for name, value in found))
    rows = [
        DossierFacet(dossier=dossier, name=name, value=value, words=words) for (name, value), words in found.items()
    ]
    return rows, written if len(written) <= MOST else None
