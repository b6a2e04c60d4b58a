"""Who signs in: an e-mail address and a password, decided before the first migration."""

import uuid
from datetime import date

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models


class UserManager(BaseUserManager):
    """Create people from their e-mail address; there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields):
        """Create an ordinary person. An empty address is refused with ``ValueError``."""
        if not email:
            raise ValueError("Une adresse électronique est nécessaire.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        """Create a person with every right: for the installation, never for daily work.

        Whoever has the server's shell vouches for the address: there may be no mail yet to confirm it by.
        """
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, email: str):
        """Find a person whatever the case of the address that was typed."""
        return self.get(email=email.lower())


class User(AbstractUser):
    """A person who signs in, known by an e-mail address kept in lower case."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("adresse électronique", unique=True)
    full_name = models.CharField("nom affiché", max_length=150, blank=True)
    pseudonym = models.UUIDField(
        "identifiant dans les journaux",
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Tient lieu de la personne dans les journaux. Effacer le compte efface le lien.",
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        """French names."""

        verbose_name = "compte"
        ordering = ["email"]

    def __str__(self) -> str:
        """Name the person, else show the address."""
        return self.full_name or self.email

    def get_full_name(self) -> str:
        """Return the displayed name (the admin greets with it)."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the displayed name."""
        return str(self)

    def is_agent(self, at: date) -> bool:
        """Tell whether the person holds a post in an administration on a day."""
        return self.posts.current(at).exists()

    def verified_addresses(self) -> frozenset[str]:
        """Return the addresses known to be the person's, in lower case: an invitation opens for these alone."""
        return frozenset(row.email.lower() for row in self.emailaddress_set.filter(verified=True))
