"""An experiment as JSON: the shape that the schema describes, and the values that fill it."""

from rest_framework import serializers

from levers.serializers import CitationSerializer
from projects.models import ROLES, Experiment, Participant
from projects.register.cards import ExperimentCard
from projects.register.joining import Join
from projects.register.schedule import Status


class ParticipantSerializer(serializers.Serializer):
    """An organisation and what it does there."""

    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Participant.Role.values)


class TargetSerializer(serializers.Serializer):
    """How many are aimed at, of what; ``region`` is empty where it is over all."""

    number = serializers.IntegerField()
    number_to = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField()
    region = serializers.CharField(allow_blank=True)


class ExperimentSerializer(serializers.Serializer):
    """An experiment as the list gives it; empty lists mean that nobody knows, to be checked."""

    slug = serializers.CharField()
    title = serializers.CharField()
    short_name = serializers.CharField()
    summary = serializers.CharField()
    nature = serializers.ChoiceField(choices=Experiment.Reach.choices)
    status = serializers.ChoiceField(choices=[status.value for status in Status])
    outcome = serializers.ChoiceField(choices=Experiment.Outcome.values)
    joining = serializers.ChoiceField(choices=[join.value for join in Join])
    joining_until = serializers.DateField(allow_null=True)
    joining_call = serializers.CharField(allow_null=True)
    first_inclusion_on = serializers.DateField(allow_null=True)
    begins_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    lever = serializers.CharField(allow_null=True)
    participants = ParticipantSerializer(many=True)
    targets = TargetSerializer(many=True)
    region = serializers.ListField(child=serializers.CharField())
    department = serializers.ListField(child=serializers.CharField())
    actor_type = serializers.ListField(child=serializers.CharField())
    roles = serializers.ListField(child=serializers.ChoiceField(choices=list(ROLES)))
    theme = serializers.ListField(child=serializers.CharField())
    innovation_field = serializers.ListField(child=serializers.CharField())
    sector = serializers.ListField(child=serializers.CharField())
    verified_on = serializers.DateField()
    source = CitationSerializer()
    url = serializers.CharField()


class ExperimentPageSerializer(serializers.Serializer):
    """A page of experiments."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ExperimentSerializer(many=True)


def experiment_in_json(card: ExperimentCard) -> dict:
    """Return an experiment as the list gives it."""
    answer = card.answer
    return {
        "slug": card.slug,
        "title": card.name,
        "short_name": card.short_name,
        "summary": card.summary,
        "nature": card.reach.value,
        "status": card.status.value,
        "outcome": card.outcome.value,
        "joining": answer.join.value,
        "joining_until": answer.until.isoformat() if answer.join is Join.YES and answer.until else None,
        "joining_call": card.call.slug if card.call else None,
        "first_inclusion_on": _day(card.first_inclusion_on),
        "begins_on": _day(card.schedule.begins),
        "ends_on": _day(card.schedule.ends),
        "lever": card.lever[0] if card.lever else None,
        "participants": [{"name": name, "role": role} for name, role in card.participants],
        "targets": [
            {"number": number, "number_to": most, "unit": unit, "region": region}
            for number, most, unit, region in card.targets
        ],
        "region": list(card.regions),
        "department": list(card.departments),
        "actor_type": list(card.actor_types),
        "roles": list(card.roles),
        **{name: sorted(values) for name, values in card.categories.items()},
        "verified_on": card.verified_on.isoformat(),
        "source": dict(card.citation),
        "url": card.url,
    }


def _day(day) -> str | None:
    return day.isoformat() if day else None
