"""The nouns of ``actors``, importable from one place."""

from actors.models.body import Body, Post
from actors.models.content import ContentStamp, ContentVersion
from actors.models.directory import Delegation, LocalBody, Referent, Subject
from actors.models.kind import ActorType, Audience
from actors.models.organisation import Membership, Organisation, OrganisationInvitation
from actors.models.place import Agency, Department, Region
from actors.models.source import NaturalManager, Source, Sourced
from actors.models.user import User

__all__ = [
    "ActorType",
    "Agency",
    "Audience",
    "Body",
    "ContentStamp",
    "ContentVersion",
    "Delegation",
    "Department",
    "LocalBody",
    "Membership",
    "NaturalManager",
    "Organisation",
    "OrganisationInvitation",
    "Post",
    "Referent",
    "Region",
    "Source",
    "Sourced",
    "Subject",
    "User",
]
