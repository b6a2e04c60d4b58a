"""Signed tokens of a provider (JWT), believed only when everything about them is right."""

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures made with a key pair: never « none », nor a secret that both sides know."""

LEEWAY = 30
"""Seconds by which two clocks may differ."""


class Refused(Exception):
    """A token is not what it should be."""


def claims_of(token: str, keys: dict, *, issuer: str, audience: str, dated: bool = True) -> dict:
    """Return what a token says, or refuse it.

    The signature must be by one of the provider's published ``keys`` (JWKS), for us
    (``audience``), by it (``issuer``), and not over. ``dated`` is False for userinfo,
    which need not say when it ends.
    """
    try:
        key = _key_of(token, keys)
        required = ["iss", "aud", "sub", *(("exp", "iat") if dated else ())]
        return jwt.decode(
            token, key, algorithms=ALGORITHMS, issuer=issuer, audience=audience, leeway=LEEWAY,
            options={"require": required},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from error


def _key_of(token: str, keys: dict) -> jwt.PyJWK:
    """Return the key that a token names, or the only one there is where it names none."""
    name = jwt.get_unverified_header(token).get("kid")
    known = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
    found = [key for key in known if key.key_id == name] if name else known
    if len(found) != 1:
        raise Refused("no such key")
    return found[0]
