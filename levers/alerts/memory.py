"""The memory of an alert as rows: written and read back the same, whatever version of the portal wrote it."""

from collections.abc import Mapping

from levers.alerts.news import Call, Fact, Told
from levers.models import Alert, AlertMemory


def recall(alert: Alert) -> dict[int, Told]:
    """Return what an alert was told, by call."""
    return {row.call_key: Told(_call(row.told), row.closing_told) for row in alert.memories.order_by("call_key")}


def store(alert: Alert, memory: Mapping[int, Told], known: Mapping[int, Told]) -> None:
    """Make the rows of an alert say this and nothing else; what was ``known`` and has not changed stays as it is."""
    changed = {key: told for key, told in memory.items() if known.get(key) != told}
    alert.memories.filter(call_key__in=known.keys() - memory.keys()).delete()
    AlertMemory.objects.bulk_create(
        [
            AlertMemory(alert=alert, call_key=key, told=_as_json(told.call), closing_told=told.closing_told)
            for key, told in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["alert", "call_key"],
        update_fields=["told", "closing_told"],
    )


def _as_json(call: Call) -> dict:
    facts = {name: [fact.value, fact.words] for name, fact in call.facts.items()}
    return {
        "slug": call.slug,
        "title": call.title,
        "status": call.status,
        "dates": call.dates,
        "closes": call.closes,
        "facts": facts,
    }


def _call(told: dict) -> Call:
    facts = {name: Fact(value, words) for name, (value, words) in told["facts"].items()}
    return Call(told["slug"], told["title"], told["status"], told["dates"], told["closes"], facts)
