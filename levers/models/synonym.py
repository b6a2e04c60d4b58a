"""Words of search: those that curators hold for the same, and those that found nothing."""

from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import NaturalManager


class SynonymQuerySet(models.QuerySet):
    """What search reads of the groups."""

    def groups(self) -> list[tuple[str, ...]]:
        """Return the expressions of every group, in an order that no database decides."""
        rows = sorted(self.order_by().values_list("slug", "expressions"))
        return [tuple(lines_of(expressions)) for _, expressions in rows]


def lines_of(text: str) -> list[str]:
    """Return the expressions of a text, one a line, with single spaces."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


class Synonym(models.Model):
    """A group of expressions that search takes for one another.

    It has no source: it states no fact, it says under which words people look for
    something. Who wrote it and when is in its history, why is in its note.
    """

    slug = models.SlugField("identifiant", max_length=60, unique=True)
    expressions = models.TextField(
        "expressions",
        help_text=(
            "Une par ligne, deux au moins, six mots au plus chacune. Chercher l'une trouve aussi les fiches qui "
            "disent l'autre. Majuscules, accents et pluriels ne comptent pas : inutile de les répéter."
        ),
    )
    shared = models.BooleanField(
        "sigle à plusieurs sens",
        default=False,
        help_text=(
            "Coché : une expression de ce groupe peut aussi être dans un autre, parce qu'elle a plusieurs sens. "
            "Elle trouve alors les deux, sans que leurs autres expressions se mêlent."
        ),
    )
    note = models.CharField(
        "pourquoi", max_length=300, help_text="Ce que l'on cherche ainsi, et pourquoi les fiches le disent autrement."
    )

    objects = NaturalManager.from_queryset(SynonymQuerySet)("slug")
    history = HistoricalRecords()

    class Meta:
        """In the order of the identifiers."""

        verbose_name = "groupe de synonymes"
        verbose_name_plural = "groupes de synonymes"
        ordering = ["slug"]

    def __str__(self) -> str:
        """Name the group by its expressions."""
        return " = ".join(self.expression_list)

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    @property
    def expression_list(self) -> list[str]:
        """Return the expressions, one by one."""
        return lines_of(self.expressions)


class SearchWithoutResult(models.Model):
    """How many times a text was looked for in vain in a month. Nothing of who looked for it.

    Written by ``actions.record_search_without_result`` alone, which also forgets.
    """

    text = models.CharField("recherche", max_length=80)
    month = models.DateField("mois", help_text="Premier jour du mois : rien de plus précis n'est gardé.")
    times = models.PositiveIntegerField("nombre de fois", default=0)

    class Meta:
        """The most frequent first."""

        verbose_name = "recherche sans résultat"
        verbose_name_plural = "recherches sans résultat"
        ordering = ["-times", "-month", "text"]
        constraints = [models.UniqueConstraint(fields=["text", "month"], name="one_count_per_text_and_month")]

    def __str__(self) -> str:
        """Quote what was looked for."""
        return f"« {self.text} »"
