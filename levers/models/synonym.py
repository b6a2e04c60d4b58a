"""Words of search: those that curators hold for the same, and those that found nothing."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import NaturalManager
from levers.words import fold, full_words, is_empty, is_intention, raw_words

WORDS_IN_AN_EXPRESSION, EXPRESSIONS_IN_A_GROUP, LENGTH_OF_AN_EXPRESSION = 6, 12, 80


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


def sought(expression: str) -> str:
    """Return an expression as search tells it from others: its folded words, without the little ones."""
    return " ".join(map(fold, full_words(raw_words(expression))))


def says_something(words: list[str]) -> bool:
    """Tell whether an expression says what about: more than letters alone, little words and intentions."""
    return any(len(word) > 1 and not is_empty(word) and not is_intention(word) for word in words)


def problems_of_group(expressions: list[str]) -> list[str]:
    """Return what is wrong with a group by itself.

    An expression of little words or of intentions alone (« de », « aide », « projet »)
    would be found in nearly every query and turn each into a search for the group.
    """
    problems = []
    if not 2 <= len(expressions) <= EXPRESSIONS_IN_A_GROUP:
        problems.append(f"Donnez de deux à {EXPRESSIONS_IN_A_GROUP} expressions, une par ligne.")
    seen: dict[str, str] = {}
    for expression in expressions:
        words = raw_words(expression)
        if not words:
            problems.append(f"« {expression} » n'a ni lettre ni chiffre que la recherche connaisse.")
        elif len(full_words(words)) > WORDS_IN_AN_EXPRESSION or len(expression) > LENGTH_OF_AN_EXPRESSION:
            problems.append(
                f"« {expression} » est trop long : {WORDS_IN_AN_EXPRESSION} mots et {LENGTH_OF_AN_EXPRESSION} "
                "caractères au plus."
            )
        elif not says_something(words):
            problems.append(f"« {expression} » ne dit pas de quoi il s'agit : trop de recherches le contiennent.")
        elif (key := sought(expression)) in seen:
            problems.append(f"« {expression} » et « {seen[key]} » sont une seule recherche : gardez-en une.")
        else:
            seen[key] = expression
    return problems


class Synonym(models.Model):
    """A group of expressions that search takes for one another.

    It has no source: it states no fact, it says under which words people look for
    something. Who wrote it and when is in its history, why is in its note.
    """

    slug = models.SlugField("identifiant", max_length=60, unique=True)
    expressions = models.TextField(
        "expressions",
        help_text=(
            "Une par ligne, deux au moins ; six mots au plus chacune, sans compter « de », « la »… Chercher l'une "
            "trouve aussi les fiches qui disent l'autre. Majuscules, accents et pluriels ne comptent pas : inutile de "
            "les répéter."
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

    def clean(self) -> None:
        """Refuse a group that would spoil searches, or that says again what another group says.

        An expression in two groups is nearly always an oversight: the second curator did
        not see the first group, and the two should be one. It is meant only for an
        acronym with several meanings, which one of the two groups must then say.
        """
        super().clean()
        problems = problems_of_group(self.expression_list)
        others = [] if self.shared else Synonym.objects.filter(shared=False).exclude(pk=self.pk)
        problems += self._said_again_in(others)
        if problems:
            raise ValidationError({"expressions": problems})

    def _said_again_in(self, others: Iterable["Synonym"]) -> list[str]:
        known = {sought(expression): other for other in others for expression in other.expression_list}
        return [
            f"« {expression} » est déjà dans le groupe « {known[sought(expression)]} » : complétez-le plutôt, ou "
            "cochez « sigle à plusieurs sens »."
            for expression in self.expression_list
            if sought(expression) in known
        ]


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
