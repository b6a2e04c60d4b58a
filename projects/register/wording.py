"""The register in words: until when, why one may join or not, how each day was worked out."""

from datetime import date

from apist.templatetags.portal import NO_BREAK_SPACE, jour
from projects.register.joining import Answer, Join, Why
from projects.register.schedule import EXPERIMENT, Limit, Schedule, Status, Stretch

KINDS = {
    "experiment": "Expérimentation",
    "extension": "Prolongation",
    "rework": "Prolongation pour retravailler le modèle",
    "transition": "Période de transition",
}

STATUS_KINDS = {
    Status.RUNNING: "success",
    Status.PROLONGED: "success",
    Status.REWORK: "info",
    Status.TRANSITION: "info",
    Status.UPCOMING: "info",
    Status.ORDINARY_LAW: "new",
    Status.TO_CHECK: "warning",
    Status.UNDATED: "warning",
    Status.ENDED: "error",
}
"""The badge that repeats, in colour, what the status says in words."""

JOIN_KINDS = {Join.YES: "success", Join.SOON: "info", Join.TO_CHECK: "warning", Join.NO: ""}

STATUS_SENTENCES = {
    Status.RUNNING: "L'expérimentation est en cours.",
    Status.PROLONGED: "L'expérimentation a été prolongée.",
    Status.REWORK: "L'expérimentation a été prolongée pour que son modèle soit retravaillé.",
    Status.TRANSITION: "L'expérimentation est finie. Une période de transition prépare l'entrée dans le droit commun, "
    "c'est-à-dire dans les règles ordinaires.",
    Status.UPCOMING: "L'expérimentation n'a pas encore commencé.",
    Status.ORDINARY_LAW: "L'expérimentation est finie : elle est entrée dans le droit commun, c'est-à-dire dans les "
    "règles ordinaires.",
    Status.UNDATED: "Les sources du portail ne disent pas quand elle commence ni quand elle finit : demandez au "
    "porteur ou à l'agence où elle en est.",
    Status.ENDED: "L'expérimentation s'est arrêtée.",
}


def status_sentence(status: Status, schedule: Schedule) -> str:
    """Return where an experiment stands, in a sentence or two."""
    if status is not Status.TO_CHECK:
        return STATUS_SENTENCES[status]
    if schedule.ends is not None:
        return (
            f"Le dernier terme connu était le {jour(schedule.ends)}. Le portail ne sait pas ce qui a suivi : "
            "prolongation, transition ou arrêt. À vérifier auprès du porteur ou de l'agence."
        )
    limit = max(limit.ends for limit in schedule.limits)
    return (
        f"Aucun terme n'est connu, et la durée que permet la loi s'achevait le {jour(limit)}. "
        "Suite à vérifier auprès du porteur ou de l'agence."
    )


def end_in_words(status: Status, schedule: Schedule) -> str:
    """Return until when, as a card says it."""
    if schedule.ends is None:
        return "Terme non connu"
    if status is Status.TO_CHECK:
        return f"Terme connu : {jour(schedule.ends)}, passé"
    over = status in (Status.ENDED, Status.ORDINARY_LAW)
    return f"Terme connu : {jour(schedule.ends)}" if over else f"Jusqu'au {jour(schedule.ends)}"


def join_headline(answer: Answer) -> str:
    """Return the answer in a few words: what is read from afar."""
    match answer.join:
        case Join.YES:
            return f"Oui, jusqu'au {jour(answer.until)}" if answer.until else "Oui"
        case Join.SOON:
            return f"Bientôt : un appel ouvre le {jour(answer.until)}" if answer.until else "Bientôt, par un appel"
        case Join.TO_CHECK:
            return "Sans doute plus, à vérifier" if answer.why is Why.END_PASSED else "À vérifier"
    return "Non"


def join_reason(answer: Answer) -> str:
    """Return why, in a sentence."""
    day = jour(answer.until)
    sentences = {
        Why.OPEN: "De nouveaux participants peuvent entrer."
        if day
        else "De nouveaux participants peuvent entrer. Aucune date limite n'est connue : demandez-la au porteur.",
        Why.CALL_OPEN: "On entre en répondant à un appel, ouvert en ce moment.",
        Why.CALL_COMING: "On entre en répondant à un appel, qui n'est pas encore ouvert.",
        Why.CALL_CLOSED: f"On entrait en répondant à un appel, qui a fermé{f' le {day}' if day else ''}.",
        Why.CALL_UNKNOWN: "On entre en répondant à un appel, que le portail ne connaît pas encore.",
        Why.DATE_PASSED: f"On pouvait entrer jusqu'au {day}.",
        Why.END_PASSED: f"Le dernier terme connu est passé{f' (le {day})' if day else ''}. "
        "Si elle a été prolongée, le porteur ou l'agence vous le diront.",
        Why.ORDINARY_LAW: "Elle est entrée dans le droit commun : ce qu'elle essayait suit désormais les règles "
        "ordinaires. Demandez à l'agence comment en bénéficier.",
        Why.ENDED: "Elle est arrêtée.",
        Why.REFUSED: "Elle n'accueille pas de nouveaux participants.",
        Why.UNKNOWN: "Les sources ne disent pas si d'autres peuvent entrer : demandez au porteur ou à l'agence.",
    }
    return sentences[answer.why]


def months_in_words(months: int) -> str:
    """Return « 40 mois », and years where they are whole."""
    years, rest = divmod(months, 12)
    whole = f" ({years}{NO_BREAK_SPACE}an{'s' if years > 1 else ''})" if years and not rest else ""
    return f"{months}{NO_BREAK_SPACE}mois{whole}"


def begin_in_words(stretch: Stretch, start: str) -> str:
    """Return when a phase begins, and what says so."""
    if stretch.begins is None:
        return "À vérifier"
    said = {
        "day": "",
        "first-inclusion": ", jour de la première inclusion",
        "previous": ", après la phase précédente",
    }
    return f"{jour(stretch.begins)}{said.get(start, '')}"


def how_in_words(stretch: Stretch, months: int | None, at_most: int | None) -> str:
    """Return how the end was worked out, and what the source says against it."""
    parts = []
    if stretch.given:
        parts.append("Fin donnée par la source.")
        if stretch.disagrees:
            parts.append(
                f"Mais ses {months_in_words(months)} mèneraient au {jour(stretch.computed)} : "
                "les deux ne s'accordent pas, le registre garde la date écrite."
            )
    elif stretch.ends:
        parts.append(f"Fin calculée : {months_in_words(months)} depuis le {jour(stretch.begins)}.")
    elif months:
        parts.append(f"Durée de {months_in_words(months)}, à partir d'une date que le portail ne connaît pas.")
    if stretch.latest and stretch.ends and stretch.latest > stretch.ends:
        parts.append(f"Peut être allongée à {months_in_words(at_most)}, soit le {jour(stretch.latest)} au plus tard.")
    elif at_most and not stretch.latest:
        parts.append(f"{months_in_words(at_most)} au plus.")
    return " ".join(parts)


def limit_in_words(limit: Limit) -> str:
    """Return what the law allows and whether the phases stay within it."""
    if limit.kind == EXPERIMENT:
        text = f"Une expérimentation dure cinq ans au plus : ici, jusqu'au {jour(limit.ends)}."
    else:
        text = f"Une transition dure dix-huit mois au plus : ici, jusqu'au {jour(limit.ends)}."
    if limit.exceeded:
        return f"{text} Les dates connues vont au-delà ({jour(limit.planned)}) : à vérifier dans l'acte."
    if limit.would_be_exceeded:
        return (
            f"{text} Avec sa partie facultative, elle irait au-delà ({jour(limit.possible)}) : "
            "il faudrait une nouvelle autorisation."
        )
    return text


def day_or_unknown(day: date | None) -> str:
    """Return a day in words, or that it is to be checked."""
    return jour(day) or "À vérifier"
