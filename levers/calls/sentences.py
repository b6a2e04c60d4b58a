"""The dates of a call in words: a day, an hour of its place, a month where no more is known. Pure."""

from datetime import date, time

from levers.calls.status import CallStatus, Moment, Standing
from levers.clocks import ZONES

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

NAMES = {
    "opening": "Ouverture",
    "information": "Réunion d'information",
    "questions": "Fin des questions",
    "letter": "Lettre d'intention",
    "intermediate": "Relevé intermédiaire des réponses",
    "closing": "Clôture",
    "hearing": "Audition ou jury",
    "results": "Résultats",
}
"""What an event is called when the call gives it no name of its own."""

WHO_DEFINES = {
    "ami": "L'organisateur pose le problème dans ses grandes lignes. Vous proposez une première idée ; les retenus "
    "aident à préciser la suite.",
    "aap": "L'organisateur décrit le problème. C'est vous qui imaginez la solution.",
    "aac": "L'organisateur a déjà choisi la solution. Vous vous engagez à l'appliquer.",
    "challenge": "Des structures de santé ont un problème précis. Des équipes proposent la solution et la construisent "
    "avec elles.",
}
"""By kind of call, who defines the problem and who the solution (guide APIST, sheet « AMI, AAP, AAC »)."""


def day_in_words(day: date, precision: str = "day") -> str:
    """Return a day as one says it: « 1er mars 2026 », « mars 2026 », « 2026 »."""
    if precision == "year":
        return str(day.year)
    month = f"{MONTHS[day.month - 1]} {day.year}"
    return month if precision == "month" else f"{'1er' if day.day == 1 else day.day} {month}"


def hour_in_words(hour: time) -> str:
    """Return an hour as one says it: « 12 h », « 9 h 30 », « minuit »."""
    if hour == time.min:
        return "minuit"
    minutes = f"\u00a0{hour.minute:02d}" if hour.minute else ""
    return f"{hour.hour}\u00a0h{minutes}"


def moment_in_words(moment: Moment, zone: str) -> str:
    """Return a day, and its hour with the place whose clocks it is read on."""
    day = day_in_words(moment.day, moment.precision)
    return f"{day} à {hour_in_words(moment.hour)} ({ZONES[zone]})" if moment.hour is not None else day


def name_of(moment: Moment) -> str:
    """Return what happens then."""
    return moment.label or NAMES[moment.kind]


def dates_in_words(where: Standing, zone: str) -> str:
    """Return until when one may answer, or since when one may not, in a line."""
    opens = moment_in_words(where.opens, zone) if where.opens else ""
    closes = moment_in_words(where.closes, zone) if where.closes else ""
    exact = where.closes is not None and where.closes.precision == "day"
    match where.status:
        case CallStatus.OPEN | CallStatus.CLOSING_SOON:
            if closes:
                return f"Jusqu'au {closes} compris" if exact else f"Jusqu'à fin {closes}"
            return f"Ouvert depuis {_since(where.opens, opens)}, sans fin annoncée"
        case CallStatus.UPCOMING if where.announced:
            return f"Ouvre {_from(where.opens, opens)}" + (f", ferme {_from(where.closes, closes)}" if closes else "")
        case CallStatus.UPCOMING:
            return f"Date inconnue ; {last_campaign(where, zone)}" if opens or closes else "Date inconnue"
    if closes:
        return f"Fermé depuis {_since(where.closes, closes)}"
    return f"Ouvert {_from(where.opens, opens)}, fermé depuis" if opens else "Fermé"


def last_campaign(where: Standing, zone: str) -> str:
    """Return when the last known campaign took place."""
    opens = day_in_words(where.opens.day, where.opens.precision) if where.opens else ""
    closes = day_in_words(where.closes.day, where.closes.precision) if where.closes else ""
    if opens and closes:
        return f"dernière campagne : {opens}" if opens == closes else f"dernière campagne : {opens} – {closes}"
    return f"dernière campagne : {opens or closes}"


def _since(moment: Moment, words: str) -> str:
    return f"le {words}" if moment.precision == "day" else words


def _from(moment: Moment, words: str) -> str:
    return f"le {words}" if moment.precision == "day" else f"en {words}"
