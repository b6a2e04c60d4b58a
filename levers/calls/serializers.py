"""A call as JSON: the shape that the schema describes, and the values that fill it."""

from rest_framework import serializers

from levers.calls.cards import CallCard
from levers.calls.sentences import name_of
from levers.calls.status import CallStatus, Moment, Standing
from levers.clocks import ZONES
from levers.models import Call, CallEvent
from levers.serializers import CallBriefSerializer, CitationSerializer


class EventSerializer(serializers.Serializer):
    """A date of a call; ``time`` (hours, minutes) is on the clocks of its ``time_zone``, null for the whole day."""

    kind = serializers.ChoiceField(choices=CallEvent.Kind.choices)
    label = serializers.CharField()
    date = serializers.DateField()
    time = serializers.RegexField(r"^\d\d:\d\d$", allow_null=True)
    precision = serializers.ChoiceField(choices=CallEvent.Precision.values)
    note = serializers.CharField(allow_blank=True)


class CallSerializer(CallBriefSerializer):
    """A call as the list gives it."""

    status = serializers.ChoiceField(choices=[status.value for status in CallStatus])
    purpose = serializers.ChoiceField(choices=Call.Purpose.values)
    organiser = serializers.ChoiceField(choices=Call.Organiser.values)
    organiser_name = serializers.CharField()
    summary = serializers.CharField()
    opens_on = serializers.DateField(allow_null=True)
    expected = serializers.BooleanField()
    time_zone = serializers.ChoiceField(choices=sorted(ZONES))
    events = EventSerializer(many=True)
    envelope = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    amount_summary = serializers.CharField(allow_blank=True)
    roles = serializers.ListField(child=serializers.CharField())
    levers = serializers.ListField(child=serializers.CharField())
    actor_type = serializers.ListField(child=serializers.CharField())
    region = serializers.ListField(child=serializers.CharField())
    theme = serializers.ListField(child=serializers.CharField())
    innovation_field = serializers.ListField(child=serializers.CharField())
    sector = serializers.ListField(child=serializers.CharField())
    verified_on = serializers.DateField()
    source = CitationSerializer()


class CallPageSerializer(serializers.Serializer):
    """A page of calls."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = CallSerializer(many=True)


def day_of(moment: Moment | None) -> str | None:
    """Return the day of a date that is known, as JSON writes it."""
    return moment.day.isoformat() if moment else None


def brief(card: CallCard, where: Standing) -> dict:
    """Return a call as a diagnostic names it, standing where it does on the day asked about."""
    return {
        "slug": card.slug,
        "title": card.title,
        "kind": card.kind.value,
        "status": where.status.value,
        "closes_on": day_of(where.closes),
        "url": card.url,
    }


def call_in_json(card: CallCard) -> dict:
    """Return a call as the list gives it; empty lists of actors and regions mean all of them."""
    events = [
        {
            "kind": moment.kind,
            "label": name_of(moment),
            "date": moment.day.isoformat(),
            "time": f"{moment.hour:%H:%M}" if moment.hour is not None else None,
            "precision": moment.precision,
            "note": moment.note,
        }
        for moment in card.events
    ]
    return brief(card, card.standing) | {
        "purpose": card.purpose.value,
        "organiser": card.organiser.value,
        "organiser_name": card.organiser_name,
        "summary": card.summary,
        "opens_on": day_of(card.standing.opens),
        "expected": card.expected,
        "time_zone": card.time_zone,
        "events": events,
        "envelope": f"{card.envelope:.2f}" if card.envelope is not None else None,
        "amount_summary": card.amounts,
        "roles": list(card.roles),
        "levers": list(card.levers),
        "actor_type": list(card.actor_types),
        "region": list(card.regions),
        **{name: sorted(card.facets[name]) for name in ("theme", "innovation_field", "sector")},
        "verified_on": card.verified_on.isoformat(),
        "source": dict(card.citation),
    }
