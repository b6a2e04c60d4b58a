"""The shapes of the JSON, as the contract writes them; the OpenAPI schema is drawn from here."""

from rest_framework import serializers

from actors.models import Agency
from levers.availability import Status
from levers.matching import Outcome, Verdict
from levers.models import Call, Lever


class CitationSerializer(serializers.Serializer):
    """Where a fact was read."""

    document = serializers.CharField()
    locator = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)


class SuccessorSerializer(serializers.Serializer):
    """What took the place of a lever."""

    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)


class CriterionSerializer(serializers.Serializer):
    """One reason: the criterion, its outcome, the answer used, the source."""

    key = serializers.CharField()
    outcome = serializers.ChoiceField(choices=[item.value for item in Outcome])
    blocking = serializers.BooleanField()
    about = serializers.ChoiceField(choices=["actor", "project"])
    label = serializers.CharField()
    fact = serializers.CharField(allow_null=True)
    value = serializers.JSONField(allow_null=True)
    source = CitationSerializer()


class CallBriefSerializer(serializers.Serializer):
    """An open call as a lever's row names it."""

    slug = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=Call.Kind.choices)
    status = serializers.ChoiceField(choices=["open", "closing-soon"])
    closes_on = serializers.DateField(allow_null=True)
    url = serializers.CharField()


class MatchSerializer(serializers.Serializer):
    """One lever's verdict for the profile."""

    lever = serializers.CharField()
    verdict = serializers.ChoiceField(choices=[item.value for item in Verdict])
    availability = serializers.ChoiceField(choices=[item.value for item in Status])
    successor = SuccessorSerializer(required=False)
    path = serializers.CharField(required=False)
    criteria = CriterionSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())
    calls = CallBriefSerializer(many=True, required=False)
    url = serializers.CharField()


class MatchesSerializer(serializers.Serializer):
    """The verdicts of all levers for a profile on a day."""

    on = serializers.DateField()
    profile = serializers.DictField()
    levers = MatchSerializer(many=True)
    next_questions = serializers.ListField(child=serializers.CharField())


class ErrorsSerializer(serializers.Serializer):
    """What is wrong with a request, by parameter."""

    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class LeverSerializer(serializers.Serializer):
    """A lever as the list of the catalogue gives it."""

    slug = serializers.CharField()
    title = serializers.CharField()
    short_name = serializers.CharField()
    current_name = serializers.CharField(allow_blank=True)
    summary = serializers.CharField()
    nature = serializers.ChoiceField(choices=Lever.Nature.choices)
    decision_level = serializers.ChoiceField(choices=Lever.DecisionLevel.values)
    confidentiality = serializers.ChoiceField(choices=Lever.Confidentiality.values)
    availability = serializers.ChoiceField(choices=[item.value for item in Status])
    successor = SuccessorSerializer(required=False)
    amount_summary = serializers.CharField(allow_blank=True)
    audience = serializers.ListField(child=serializers.CharField())
    actor_type = serializers.ListField(child=serializers.CharField())
    innovation_field = serializers.ListField(child=serializers.CharField())
    sector = serializers.ListField(child=serializers.CharField())
    maturity = serializers.ListField(child=serializers.CharField())
    region = serializers.ListField(child=serializers.CharField())
    verified_on = serializers.DateField()
    review_due = serializers.DateField()
    source = CitationSerializer()
    url = serializers.CharField()


class LeverPageSerializer(serializers.Serializer):
    """A page of levers."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = LeverSerializer(many=True)


class RoleSerializer(serializers.Serializer):
    """The part that an audience can take."""

    audience = serializers.CharField()
    part = serializers.CharField()
    text = serializers.CharField()
    source = CitationSerializer(source="citation")


class StepSerializer(serializers.Serializer):
    """One step of the way."""

    title = serializers.CharField()
    text = serializers.CharField()
    actor = serializers.CharField()
    delay = serializers.CharField(allow_blank=True)
    source = CitationSerializer(source="citation")


class AmountSerializer(serializers.Serializer):
    """A sum in euros, with its call and its period."""

    label = serializers.CharField()
    minimum = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    maximum = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    unit = serializers.CharField(allow_blank=True)
    call = serializers.CharField(allow_blank=True)
    condition = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    source = CitationSerializer(source="citation")


class FundingSerializer(serializers.Serializer):
    """Who pays which expense."""

    expense = serializers.CharField()
    scale = serializers.CharField()
    payer = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    source = CitationSerializer(source="citation")


class ExampleSerializer(serializers.Serializer):
    """A real project."""

    title = serializers.CharField()
    text = serializers.CharField()
    region = serializers.CharField(source="region.code", default=None, allow_null=True)
    period = serializers.CharField(allow_blank=True)
    source = CitationSerializer(source="citation")


class ReferenceSerializer(serializers.Serializer):
    """A text, guide or page."""

    kind = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    source = CitationSerializer(source="citation")


class DepositSerializer(serializers.Serializer):
    """Where one really deposits."""

    channel = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    addressees = serializers.ListField(child=serializers.CharField(), source="addressee_list")
    url = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    form = serializers.CharField(allow_blank=True)
    form_url = serializers.CharField(allow_blank=True)
    source = CitationSerializer(source="citation")


class RelationSerializer(serializers.Serializer):
    """How the lever stands to another one."""

    kind = serializers.CharField()
    lever = serializers.CharField(source="other.slug")
    reason = serializers.CharField()
    source = CitationSerializer(source="citation")


class LeverDetailSerializer(LeverSerializer):
    """A whole sheet."""

    objective = serializers.CharField()
    recipients = serializers.CharField()
    description = serializers.CharField()
    calendar = serializers.CharField()
    contact = serializers.CharField()
    status_note = serializers.CharField(allow_blank=True)
    roles = RoleSerializer(many=True)
    steps = StepSerializer(many=True)
    amounts = AmountSerializer(many=True)
    fundings = FundingSerializer(many=True)
    examples = ExampleSerializer(many=True)
    references = ReferenceSerializer(many=True)
    deposits = DepositSerializer(many=True)
    relations = RelationSerializer(many=True)


class AgencySerializer(serializers.ModelSerializer):
    """An agency: functions and generic addresses only; empty where nothing is known yet."""

    region = serializers.CharField(source="region.code")
    region_name = serializers.CharField(source="region.name")
    source = CitationSerializer(source="citation")

    class Meta:
        """Only what may be public."""

        model = Agency
        fields = [
            "code", "name", "region", "region_name", "website", "website_confirmed", "entry_point", "entry_url",
            "entry_email", "note", "verified_on", "source",
        ]  # fmt: skip


class AgencyPageSerializer(serializers.Serializer):
    """A page of agencies."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = AgencySerializer(many=True)
