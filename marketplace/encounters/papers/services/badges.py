"""A certificate as Open Badges 3.0: a credential in a signed token (JWT, RS256)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from marketplace.encounters.papers.models import Certificate, SigningKey
from marketplace.encounters.papers.rules import words_of
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of

SITE = "MINT-Börse Mitteldeutschland"
KEY_BITS, EXPONENT = 2048, 65537
CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the issuer is at home, and where the public half of the key is."""

    site: str
    key: str


def new_key(*, at: datetime) -> SigningKey:
    """Draws a key to sign with; its name is the thumbprint of its public half."""
    private = generate_private_key(public_exponent=EXPONENT, key_size=KEY_BITS)
    pem = private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    ).decode()
    public = {"kty": "RSA", **_numbers(private)}
    name = _encoded(hashlib.sha256(_compact(public)).digest())
    return SigningKey(name=name, private=pem, made_at=at)


def public_key(key: SigningKey) -> dict[str, str]:
    """The public half as JWK (RFC 7517)."""
    use = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": key.name}
    return use | _numbers(_private(key))


def signed_badge(
    certificate: Certificate, email: str, *, key: SigningKey, at: Addresses
) -> str:
    """The badge of a certificate as a signed token; who took part is a hash in it.

    The same certificate gives the same token: whoever has the mail address can prove
    that it is hers, nobody else can read it.
    """
    credential = _credential(certificate, email, at)
    issued = datetime.combine(certificate.issued_on, time(), UTC)
    claims = credential | {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": int(issued.timestamp()),
    }
    header = {"alg": "RS256", "typ": "JWT", "kid": at.key}
    signed = f"{_encoded(_compact(header))}.{_encoded(_compact(claims))}"
    signature = _private(key).sign(signed.encode(), PKCS1v15(), hashes.SHA256())
    return f"{signed}.{_encoded(signature)}"


def _credential(certificate: Certificate, email: str, at: Addresses) -> dict[str, Any]:
    words = words_of(certificate)
    name = f"Praktikum: {words['title']}"
    return {
        "@context": list(CONTEXT),
        "id": uuid5(NAMESPACE_URL, certificate.code_hash).urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": {
            "id": at.site,
            "type": ["Profile"],
            "name": value_of(Setting.OFFICE_NAME) or SITE,
            "url": at.site,
        },
        "validFrom": f"{certificate.issued_on.isoformat()}T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identity(certificate, email)],
            "achievement": _achievement(certificate, name, words),
        },
    }


def _achievement(
    certificate: Certificate, name: str, words: Mapping[str, Any]
) -> dict[str, Any]:
    amount = ", ".join(filter(None, (words["count"], words["hours"])))
    narrative = f"Teilgenommen bei {words['company']}, {words['span']}: {amount}."
    return {
        "id": uuid5(NAMESPACE_URL, f"achievement {certificate.code_hash}").urn,
        "type": ["Achievement"],
        "achievementType": "Fieldwork",
        "inLanguage": "de",
        "name": name,
        "description": words["tasks"],
        "criteria": {"narrative": narrative},
    }


def _identity(certificate: Certificate, email: str) -> dict[str, Any]:
    """The mail address as a salted hash, as Open Badges writes it."""
    salt = hmac.digest(certificate.code_hash.encode(), b"salt", hashlib.sha256).hex()
    digest = hashlib.sha256(f"{email}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def _private(key: SigningKey) -> RSAPrivateKey:
    private = load_pem_private_key(key.private.encode(), password=None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError("Badges are signed with RSA.")
    return private


def _numbers(private: RSAPrivateKey) -> dict[str, str]:
    numbers = private.public_key().public_numbers()
    return {"e": _number(numbers.e), "n": _number(numbers.n)}


def _number(value: int) -> str:
    return _encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _compact(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
