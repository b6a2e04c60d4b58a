"""A small OpenID Connect provider, real enough to be spoken with over HTTP, and that can be told to lie.

It publishes its description and keys, sends people back with a code, checks what is
sent for it (secret, address, PKCE), and answers userinfo as a signed token or as JSON.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "portail", "secret-partage"


def new_key() -> rsa.RSAPrivateKey:
    """Draw a key pair."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Who the person is, and the lies that a test asks for; :meth:`reset` makes it honest again."""

    def __init__(self):
        self.key, self.other_key = new_key(), new_key()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/api/v2"
        self.reset()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def reset(self) -> None:
        """Be honest: Camille, whose address the provider has confirmed."""
        self.person = {
            "sub": "sujet-1",
            "email": "porteur@exemple.invalid",
            "email_verified": True,
            "given_name": "Camille",
            "usual_name": "Porteur",
            "siret": "13002526500013",
        }
        self.signed_userinfo = True
        self.id_token: dict = {}
        self.userinfo: dict = {}
        self.header: dict = {}
        self.signs_id_token_with = self.signs_userinfo_with = self.key
        self.down: set[str] = set()
        self.asked: list[dict] = []
        self.codes: dict[str, dict] = {}
        self.described_issuer = self.issuer

    def close(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()

    def description(self) -> dict:
        """Return the discovery document."""
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.described_issuer,
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{f"{name}_endpoint": f"{self.issuer}/{end}" for name, end in ends.items()},
        }

    def keys(self) -> dict:
        """Return the published keys."""
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [key | {"kid": "cle-1", "use": "sig", "alg": "RS256"}]}

    def sign(self, claims: dict, key, changes: dict) -> str:
        """Return a signed token; claims changed to None are left out."""
        moment = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": moment, "exp": moment + 60} | claims | changes
        kept = {name: value for name, value in claims.items() if value is not None}
        header = {"kid": "cle-1", "alg": "RS256"} | self.header
        return jwt.encode(kept, key, algorithm=header["alg"], headers=header)

    def authorize(self, query: dict) -> str:
        """Return the address to which a person who agreed goes back."""
        self.asked.append(query)
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, sent: dict) -> dict | None:
        """Exchange a code, once, for tokens; None for a stranger."""
        asked = self.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = (sent.get("client_id"), sent.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        if not asked or not known or asked["code_challenge"] != proof or asked["redirect_uri"] != sent["redirect_uri"]:
            return None
        claims = {"sub": self.person["sub"], "nonce": asked["nonce"]}
        token = self.sign(claims, self.signs_id_token_with, self.id_token)
        return {"access_token": "jeton", "token_type": "Bearer", "expires_in": 60, "id_token": token}

    def who(self) -> tuple[str, str]:
        """Return userinfo and its kind."""
        if self.signed_userinfo:
            return self.sign(self.person, self.signs_userinfo_with, self.userinfo), "application/jwt"
        return json.dumps(self.person | self.userinfo), "application/json"


def _handler_of(provider: Provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            address = urlsplit(self.path)
            end = address.path.rsplit("/", 1)[-1]
            if end in provider.down:
                self.say(503, "plus tard", "text/plain")
            elif end == "openid-configuration":
                self.say(200, json.dumps(provider.description()), "application/json")
            elif end == "jwks":
                self.say(200, json.dumps(provider.keys()), "application/json")
            elif end == "authorize":
                query = {name: values[0] for name, values in parse_qs(address.query).items()}
                self.say(302, "", "text/plain", {"Location": provider.authorize(query)})
            elif end == "userinfo" and self.headers["Authorization"] == "Bearer jeton":
                text, kind = provider.who()
                self.say(200, text, kind)
            else:
                self.say(401, "", "text/plain")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            tokens = provider.token({name: values[0] for name, values in parse_qs(body).items()})
            if tokens is None:
                self.say(400, json.dumps({"error": "invalid_grant"}), "application/json")
            else:
                self.say(200, json.dumps(tokens), "application/json")

        def say(self, status: int, text: str, kind: str, headers: dict | None = None):
            self.send_response(status)
            for name, value in {
                "Content-Type": kind,
                "Content-Length": str(len(text.encode())),
                **(headers or {}),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args):
            pass

    return Handler
