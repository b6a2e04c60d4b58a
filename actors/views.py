"""The pages of organisations: private, seen by members alone, changed by those who manage.

Nobody learns whether an organisation exists by trying numbers: somebody else's is not found.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors import actions
from actors.forms import (
    DescribedBodyForm,
    DescribedPersonForm,
    InvitationForm,
    NewBodyForm,
    NewPersonForm,
    RightsForm,
)
from actors.invitations import Standing, standing_of
from actors.models import ActorType, Membership, Organisation
from apist.clock import now

PAGES = ("GET", "HEAD", "POST")
PROFESSIONAL = "professionnel-sante"
View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """Give a view the membership of who asks in the organisation of the address; nothing is there for others."""

    @wraps(view)
    def shown(request: HttpRequest, pk: int, *args, **kwargs) -> HttpResponse:
        rows = request.user.memberships.select_related("organisation__actor_type", "organisation__region")
        own = rows.select_related("organisation__department").filter(organisation_id=pk).first()
        if own is None:
            raise Http404
        return view(request, own, *args, **kwargs)

    return shown


def for_managers(view: View) -> View:
    """Do the same, and refuse the members who do not manage."""

    @wraps(view)
    def shown(request: HttpRequest, own: Membership, *args, **kwargs) -> HttpResponse:
        if not own.may_manage:
            raise PermissionDenied
        return view(request, own, *args, **kwargs)

    return for_members(shown)


def sent_by(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, even empty; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def done(form: Form, door: Callable, *args, **kwargs) -> bool:
    """Go through a door with what a form holds; tell the form why where it stays shut."""
    try:
        door(*args, **kwargs)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def told(request: HttpRequest, success: str, door: Callable, *args, **kwargs) -> bool:
    """Go through a door from a mere button, and say on the next page what came of it."""
    try:
        door(*args, **kwargs)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, success)
    return True


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations of who asks."""
    rows = request.user.memberships.select_related("organisation__actor_type", "organisation__region")
    return render(request, "organisations/list.html", {"memberships": rows.order_by("organisation__name", "pk")})


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Ask who will sign: a legal person, or a professional alone."""
    return render(request, "organisations/new.html")


@require_http_methods(PAGES)
def new_body(request: HttpRequest) -> HttpResponse:
    """Create an organisation known by its SIRET."""
    return _new(request, NewBodyForm(sent_by(request)), "Ajouter un organisme")


@require_http_methods(PAGES)
def new_person(request: HttpRequest) -> HttpResponse:
    """Create the organisation of a professional alone, known by an RPPS number."""
    initial = {"name": request.user.full_name, "actor_type": ActorType.objects.filter(slug=PROFESSIONAL).first()}
    return _new(request, NewPersonForm(sent_by(request), initial=initial), "Ajouter mon activité")


def _new(request: HttpRequest, form: NewBodyForm | NewPersonForm, title: str) -> HttpResponse:
    if form.is_valid():
        given = form.instance
        if isinstance(form, NewPersonForm):
            given.signatory_name = given.name[:150]
        if done(form, actions.create, given, form.rights(), by=request.user, now=now()):
            messages.success(request, f"« {given} » est sur le portail.")
            return redirect("organisation-detail", given.pk)
    return render(
        request, "organisations/create.html", {"form": form, "title": title, "contact": settings.CONTACT_EMAIL}
    )


@require_safe
@for_members
def detail(request: HttpRequest, own: Membership) -> HttpResponse:
    """Show an organisation, its members and, to those who manage, the invitations that were not answered."""
    organisation, at = own.organisation, now()
    pending = organisation.invitations.filter(accepted_at=None, revoked_at=None) if own.may_manage else []
    return render(
        request,
        "organisations/detail.html",
        {
            "own": own,
            "organisation": organisation,
            "members": organisation.memberships.select_related("user").order_by("user__full_name", "user__email"),
            "invitations": [(row, row.expires_at <= at) for row in pending],
        },
    )


@require_http_methods(PAGES)
@for_managers
def change(request: HttpRequest, own: Membership) -> HttpResponse:
    """Write again what an organisation says of itself."""
    organisation = own.organisation
    name = str(organisation)
    alone = organisation.status == Organisation.Status.PERSON
    form = (DescribedPersonForm if alone else DescribedBodyForm)(sent_by(request), instance=organisation)
    if form.is_valid() and done(form, actions.change, organisation, form.instance, by=request.user):
        messages.success(request, "La fiche est enregistrée.")
        return redirect("organisation-detail", organisation.pk)
    return render(request, "organisations/change.html", {"form": form, "organisation": organisation, "name": name})


@require_http_methods(PAGES)
@for_managers
def invite(request: HttpRequest, own: Membership) -> HttpResponse:
    """Ask whom to invite, and send the invitation."""
    form = InvitationForm(sent_by(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        if done(form, actions.invite, own.organisation, email, form.rights(), by=request.user, now=now()):
            messages.success(request, f"L'invitation part vers {email}.")
            return redirect("organisation-detail", own.organisation_id)
    return render(request, "organisations/invite.html", {"form": form, "organisation": own.organisation})


@require_POST
@for_managers
def resend(request: HttpRequest, own: Membership, invitation: int) -> HttpResponse:
    """Send an invitation again."""
    sent = "L'invitation repart, avec un nouveau lien. L'ancien n'ouvre plus rien."
    told(request, sent, actions.resend, own.organisation, invitation, by=request.user, now=now())
    return redirect("organisation-detail", own.organisation_id)


@require_POST
@for_managers
def revoke(request: HttpRequest, own: Membership, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    gone = "L'invitation est retirée : son lien n'ouvre plus rien."
    told(request, gone, actions.revoke, own.organisation, invitation, by=request.user, now=now())
    return redirect("organisation-detail", own.organisation_id)


def _member(own: Membership, pk: int) -> Membership:
    member = own.organisation.memberships.select_related("user").filter(pk=pk).first()
    if member is None:
        raise Http404
    return member


@require_http_methods(PAGES)
@for_managers
def member(request: HttpRequest, own: Membership, member: int) -> HttpResponse:
    """Say what a member may do."""
    row = _member(own, member)
    initial = {"may_manage": row.may_manage, "may_deposit": row.may_deposit, "mandate": row.mandate}
    form = RightsForm(sent_by(request), initial=initial)
    if form.is_valid() and done(form, actions.set_rights, own.organisation, row.pk, form.rights(), by=request.user):
        messages.success(request, f"Les droits de {row} sont enregistrés.")
        return redirect("organisation-detail", own.organisation_id)
    return render(request, "organisations/member.html", {"form": form, "member": row, "organisation": own.organisation})


@require_http_methods(PAGES)
@for_managers
def remove(request: HttpRequest, own: Membership, member: int) -> HttpResponse:
    """Ask before taking a member out, then do it."""
    row = _member(own, member)
    if request.method == "POST":
        said = f"{row} ne fait plus partie de l'organisme."
        told(request, said, actions.remove, own.organisation, row.pk, by=request.user)
        return redirect("organisation-detail", own.organisation_id)
    return render(request, "organisations/remove.html", {"member": row, "organisation": own.organisation})


@require_http_methods(PAGES)
@for_members
def leave(request: HttpRequest, own: Membership) -> HttpResponse:
    """Ask before leaving, then do it."""
    if request.method == "POST":
        said = f"Vous ne faites plus partie de « {own.organisation} »."
        left = told(request, said, actions.leave, own.organisation, request.user)
        return redirect("organisation-list") if left else redirect("organisation-detail", own.organisation_id)
    return render(request, "organisations/leave.html", {"organisation": own.organisation})


@require_http_methods(PAGES)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an invitation gives and ask to accept it; opening the link changes nothing.

    A link that opens nothing says why only to whoever holds it, and what to do.
    """
    row = actions.opened_by(token)
    if row is None:
        return render(request, "organisations/no_invitation.html", {"standing": ""}, status=404)
    if request.method == "POST":
        joined = f"Vous faites maintenant partie de « {row.organisation} »."
        if told(request, joined, actions.accept, row, request.user, now()):
            return redirect("organisation-detail", row.organisation_id)
        return redirect("organisation-invitation", token)
    standing = standing_of(row, request.user.verified_addresses(), now())
    if standing is Standing.USED and request.user.memberships.filter(organisation=row.organisation_id).exists():
        return redirect("organisation-detail", row.organisation_id)
    if standing is not Standing.OPEN:
        status = 403 if standing is Standing.ELSEWHERE else 410
        return render(request, "organisations/no_invitation.html", {"standing": standing}, status=status)
    return render(request, "organisations/invitation.html", {"invitation": row, "organisation": row.organisation})
