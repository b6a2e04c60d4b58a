"""A lever's sheet as a document: what its page says, in the order in which its page says it.

It is written from the same context as the page (``levers/views/sheet.py``), so that the
two cannot disagree; what only serves on a screen, links to other tools, is left out.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from apist.templatetags.portal import jour, sum_in_words
from levers.documents.blocks import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Table,
    Words,
    items,
    line,
    paragraph,
    prose,
)
from levers.models import Lever

TO_CHECK = "À vérifier : nos sources ne le disent pas."


def sheet_document(context: dict, on: date, address: str) -> Document:
    """Return the sheet of a lever as its page would show it on a day; ``address`` is where it is kept up to date."""
    lever = context["lever"]
    parts = (_essentials, _who, _what, _project, _steps, _when, _deposits, _contact, _examples, _links, _sources)
    blocks: list[Block] = [
        paragraph(lever.summary),
        paragraph(f"Document fait le {jour(on)}. La fiche à jour est sur le portail : ", Words(address, address), "."),
    ]
    if context["overdue"]:
        warning = "La date de relecture de cette fiche est passée : vérifiez chaque point auprès de l'agence."
        blocks.append(paragraph(Words(warning, strong=True)))
    for part in parts:
        blocks += part(context)
    foot = f"Portail APIST · {lever.short_name} · {jour(on)}"
    return Document(lever.title, lever.summary, on, foot, tuple(blocks))


def _said(label: str, text: str) -> tuple[Words, ...]:
    return line(Words(f"{label} : ", strong=True), text)


def _named(name: str, url: str) -> Words:
    return Words(name, url)


def _essentials(context: dict) -> Iterator[Block]:
    lever, availability = context["lever"], context["availability"]
    yield Heading("L'essentiel")
    facts = [
        ("Situation", availability.label),
        ("Nature", lever.get_nature_display()),
        ("Montant", lever.amount_summary or "Non financier"),
        ("Décision", lever.get_decision_level_display()),
        ("Confidentialité", lever.get_confidentiality_display()),
        ("Nom actuel", lever.current_name),
        ("Où", ", ".join(str(region) for region in lever.regions.all()) or "Partout en France"),
    ]
    yield items(_said(label, text) for label, text in facts if text)
    yield from _situation(lever, availability)


def _situation(lever: Lever, availability) -> Iterator[Block]:
    """Yield whether one may enter, and what follows where one may not."""
    if (current := availability.current) is not None:
        until = f", jusqu'au {jour(current.closes_on)} inclus" if current.closes_on else ""
        yield paragraph(f"{current.label}{until}.")
    if (coming := availability.coming) is not None:
        yield paragraph(f"Prochaine ouverture : {coming.label}, le {jour(coming.opens_on)}.")
    if availability.current is None and (last := availability.last) is not None:
        yield paragraph(f"Dernière ouverture connue : {last.label}, fermée le {jour(last.closes_on)}.")
    yield from prose(lever.status_note)
    if lever.successor_name:
        successor = _named(lever.successor_name, lever.successor_url)
        yield paragraph("Ce qui lui succède : ", successor, ". ", lever.successor_note)


def _who(context: dict) -> Iterator[Block]:
    lever = context["lever"]
    yield Heading("Puis-je le porter ?")
    yield from prose(lever.recipients)
    if context["about_actor"]:
        yield Heading("Ce qui est demandé au porteur", 3)
        yield items(f"{rule.label}{' (à vérifier)' if rule.contested else ''}" for rule in context["about_actor"])
    if lever.roles.all():
        yield Heading("Quel rôle selon qui vous êtes", 3)
    for role in lever.roles.all():
        yield Heading(f"{role.get_audience_display()} : {role.get_part_display()}", 4)
        yield from prose(role.text)
    if context["paths"]:
        yield Heading("Sans pouvoir porter : passer par un partenaire", 3)
        yield items(way.text for way in context["paths"])


def _what(context: dict) -> Iterator[Block]:
    lever = context["lever"]
    yield Heading("Ce qu'il paie ou permet")
    yield from prose(lever.objective)
    yield from prose(lever.description)
    fundings = tuple((row.expense, row.scale, f"{row.payer}. {row.text}".strip(". ")) for row in lever.fundings.all())
    yield Table("Qui paie quoi", ("Dépense", "Portée du projet", "Qui paie"), fundings)
    head = ("Pour quoi", "Montant", "Appel ou texte, période, source")
    yield Table("Montants, avec ce d'où ils viennent", head, tuple(map(_amount, context["amounts"])))
    yield Table("Montants qui ne valent pas aujourd'hui", head, tuple(map(_amount, context["other_amounts"])))


def _amount(amount) -> tuple[str, str, str]:
    """Return an amount as a row: what for, how much, since when and who says so."""
    period = [f"du {amount.valid_from:%d/%m/%Y}"] if amount.valid_from else []
    period += [f"jusqu'au {amount.valid_to:%d/%m/%Y}"] if amount.valid_to else []
    origin = [amount.call, " ".join(period), amount.source.title]
    what = f"{amount.label}. {amount.condition}" if amount.condition else amount.label
    return what, " ".join(filter(None, (sum_in_words(amount), amount.unit))), " · ".join(filter(None, origin))


def _project(context: dict) -> Iterator[Block]:
    yield Heading("Ce qui est demandé au projet")
    if not context["about_project"]:
        yield paragraph(TO_CHECK)
    yield items(f"{rule.label}{_reserve(rule)}" for rule in context["about_project"])


def _reserve(rule) -> str:
    if not rule.blocking:
        return " (indicatif)"
    if rule.contested:
        return " (à vérifier : sources en désaccord)"
    return "" if rule.test else " (apprécié par l'autorité)"


def _steps(context: dict) -> Iterator[Block]:
    steps = context["lever"].steps.all()
    if not steps:
        return
    yield Heading("Comment cela se passe" if context["can_enter"] else "Pour mémoire : comment cela se passait")
    yield Items(tuple(_step(step) for step in steps), numbered=True)


def _step(step) -> tuple[Paragraph, ...]:
    """Return a step as an item of the list: an item holds paragraphs, so a list in its text becomes sentences."""
    told = [one for part in prose(step.text) for one in ([part] if isinstance(part, Paragraph) else _flat(part.items))]
    delay = f" · {step.delay}" if step.delay else ""
    title = paragraph(Words(step.title, strong=True))
    return (title, *told, paragraph(f"Qui agit : {step.actor}{delay}", quiet=True))


def _flat(entries: Iterable[tuple[Paragraph, ...]]) -> Iterator[Paragraph]:
    return (Paragraph(line("– ", *one.line)) for entry in entries for one in entry)


def _when(context: dict) -> Iterator[Block]:
    lever = context["lever"]
    yield Heading("Quand")
    yield from prose(lever.calendar)
    yield items(_window(window) for window in lever.windows.all())
    if context["calls"]:
        yield Heading("Appels ouverts" if lever.lists_calls else "Appels de ce levier", 3)
        yield items(f"{card.standing.label} : {card.title}. {card.dates}." for card in context["calls"])


def _window(window) -> str:
    if window.kind == "permanent":
        return f"{window.label} : toute l'année. {window.note}"
    until = f" au {jour(window.closes_on)}" if window.closes_on else ""
    exact = "" if window.precision == "day" else f" ({window.get_precision_display().lower()})"
    return f"{window.label} : du {jour(window.opens_on)}{until}{exact}. {window.note}"


def _deposits(context: dict) -> Iterator[Block]:
    deposits, can_enter = context["lever"].deposits.all(), context["can_enter"]
    yield Heading("Préparer un dossier et le déposer" if can_enter else "Pour mémoire : où l'on déposait")
    if not deposits:
        yield paragraph("Le lieu de dépôt reste à vérifier auprès de l'agence.")
    elif can_enter:
        yield paragraph("Le dépôt ne se fait pas sur le portail APIST : il aide à comprendre et à préparer.")
    for deposit in deposits:
        yield Heading(deposit.title, 3)
        yield from prose(deposit.text)
        if deposit.addressee_list:
            yield paragraph("À envoyer en même temps à :")
            yield items(deposit.addressee_list)
        if deposit.form:
            yield paragraph("Formulaire ou modèle : ", _named(deposit.form, deposit.form_url))
        if deposit.url:
            yield paragraph("Page de dépôt : ", _named(deposit.url, deposit.url))
        if deposit.email:
            yield paragraph("Adresse de service : ", _named(deposit.email, f"mailto:{deposit.email}"))
        yield source_of(deposit.source.title, deposit.source.url, deposit.locator, deposit.verified_on)


def source_of(name: str, url: str, locator: str, checked: date | None) -> Paragraph:
    """Return where an information comes from, and when somebody looked."""
    where = f", {locator}" if locator else ""
    when = f" · vérifié le {jour(checked)}" if checked else ""
    return paragraph("Source : ", _named(name, url), where, when, quiet=True)


def _contact(context: dict) -> Iterator[Block]:
    yield Heading("À qui s'adresser")
    yield from prose(context["lever"].contact)


def _examples(context: dict) -> Iterator[Block]:
    examples = context["lever"].examples.all()
    if examples:
        yield Heading("Exemples")
    for example in examples:
        yield Heading(example.title, 3)
        yield from prose(example.text)
        about = [str(example.region) if example.region else "", example.period]
        yield paragraph(" · ".join(filter(None, about)), quiet=True)
        yield source_of(example.source.title, example.source.url, example.locator, example.verified_on)


def _links(context: dict) -> Iterator[Block]:
    lever = context["lever"]
    if lever.relations.all():
        yield Heading("Avec les autres leviers")
        said = (f"{one.get_kind_display()} : {one.other.title}. {one.reason}" for one in lever.relations.all())
        yield items(f"Ce levier {text}" for text in said)
    if lever.references.all():
        yield Heading("Textes et ressources")
        yield items(_reference(reference) for reference in lever.references.all())


def _reference(reference) -> tuple[Words, ...]:
    until = f" (jusqu'au {reference.valid_to:%d/%m/%Y})" if reference.valid_to else ""
    kind = f"{reference.get_kind_display()} : "
    return line(kind, _named(reference.title, reference.url), f"{until}. {reference.text}")


def _sources(context: dict) -> Iterator[Block]:
    lever = context["lever"]
    yield Heading("Sources de cette fiche")
    yield paragraph(f"Fiche vérifiée le {jour(lever.verified_on)}, à revoir avant le {jour(lever.review_due)}.")
    yield items(
        line(
            _named(one["source"].title, one["source"].url),
            f" ({one['source'].get_reliability_display().lower()}) · vérifié le {one['verified_on']:%d/%m/%Y}",
        )
        for one in context["sources"]
    )
