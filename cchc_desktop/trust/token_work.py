"""The work with a PKCS#11 library itself: list tokens, log in, sign. Only in a process of its own.

One session from the PIN to the last signature, and what was found once is not asked again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.der import INTEGER, SEQUENCE, integer, tlv
from cchc_desktop.trust.token_faults import PIN_WRONG, fault_of

# RFC 8017, 9.2: what stands before a SHA-256 in PKCS#1 v1.5.
_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


class TokenFault(Exception):  # noqa: N818 - an answer for the process that asked
    """`code` is an id of the catalogue."""

    def __init__(self, code: str, detail: str = "", **args: Any) -> None:
        super().__init__(code)
        self.code, self.detail, self.args_of_code = code, detail, args


class TokenWork:
    """`library` is loaded once; each question looks at the slots anew."""

    def __init__(self, library: str) -> None:
        import pkcs11

        try:
            self._library = pkcs11.lib(library)
        except pkcs11.PKCS11Error as error:
            # Only what can't be loaded comes without a code of PKCS#11; the rest is a library in trouble.
            is_none = type(error) is pkcs11.PKCS11Error
            raise TokenFault("signers.not_a_library" if is_none else fault_of(error), str(error)) from error
        self._session: Any = None
        self._key: Any = None
        self._algorithm: SignatureAlgorithm | None = None
        self._mechanisms: set[Any] = set()
        self._pin: str | None = None

    def tokens(self) -> list[dict[str, Any]]:
        return [_facts(token) for token in self._tokens()]

    def certificates(self, serial: str, label: str) -> list[bytes]:
        """The certificates that the token shows without a PIN, as DER."""
        with self._token(serial, label).open() as session:
            return [der for _id, der in _certificates(session)]

    def log_in(self, serial: str, label: str, pin: str | None) -> list[tuple[str, bytes]]:
        """Open the one session. The certificates whose key lies on the token: id (hex) and DER."""
        from pkcs11 import PROTECTED_AUTH, Attribute, ObjectClass, PKCS11Error, TokenFlag

        token = self._token(serial, label)
        on_pad = bool(token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH)
        if not on_pad and not pin:
            raise TokenFault("signers.pin_missing")  # an empty one would count as a wrong one
        try:
            self._session = token.open(user_pin=PROTECTED_AUTH if on_pad else (pin or ""))
        except PKCS11Error as error:
            code = fault_of(error)
            if code != PIN_WRONG:
                raise TokenFault(code, type(error).__name__) from error
            # The token itself says how near it is to locking, now that it counted this try too.
            raise TokenFault(code, pin=_facts(self._token(serial, label))["pin"]) from error
        self._pin = None if on_pad else pin
        self._mechanisms = set(token.slot.get_mechanisms())
        keys = {
            bytes(key[Attribute.ID])
            for key in self._session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
        }
        return [(id_.hex(), der) for id_, der in _certificates(self._session) if id_ in keys]

    def others(self) -> list[bytes]:
        """Every certificate on the token, for those between the signer's and the root."""
        return [der for _id, der in _certificates(self._session)]

    def choose(self, key_id: str, algorithm: SignatureAlgorithm) -> None:
        """Sign with this key from now on. The mechanism is probed, never assumed."""
        from pkcs11 import Attribute, ObjectClass

        keys = list(
            self._session.get_objects(
                {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: bytes.fromhex(key_id)}
            )
        )
        if not keys:
            raise TokenFault("signers.token_no_key")
        self._key, self._algorithm = keys[0], algorithm

    def sign(self, message: bytes) -> bytes:
        """The signature over SHA-256 of the message, in the form that CMS wants."""
        digest = hashlib.sha256(message).digest()
        if self._algorithm is SignatureAlgorithm.ECDSA_P256:
            return self._ecdsa(message, digest)
        if self._algorithm is SignatureAlgorithm.RSA_PSS:
            return self._pss(message, digest)
        return self._pkcs1(message, digest)

    def _ecdsa(self, message: bytes, digest: bytes) -> bytes:
        from pkcs11 import Mechanism

        if Mechanism.ECDSA in self._mechanisms:
            return ecdsa_der(self._signed(digest, Mechanism.ECDSA))
        return ecdsa_der(self._signed(message, self._need(Mechanism.ECDSA_SHA256)))

    def _pkcs1(self, message: bytes, digest: bytes) -> bytes:
        from pkcs11 import Mechanism

        if Mechanism.SHA256_RSA_PKCS in self._mechanisms:
            return self._signed(message, Mechanism.SHA256_RSA_PKCS)
        return self._signed(_DIGEST_INFO + digest, self._need(Mechanism.RSA_PKCS))

    def _pss(self, message: bytes, digest: bytes) -> bytes:
        from pkcs11 import MGF, Mechanism

        parameters = (Mechanism.SHA256, MGF.SHA256, 32)
        if Mechanism.SHA256_RSA_PKCS_PSS in self._mechanisms:
            return self._signed(message, Mechanism.SHA256_RSA_PKCS_PSS, parameters)
        return self._signed(digest, self._need(Mechanism.RSA_PKCS_PSS), parameters)

    def _need(self, mechanism: Any) -> Any:
        if mechanism not in self._mechanisms:
            raise TokenFault("signers.token_mechanism", str(mechanism))
        return mechanism

    def _signed(self, data: bytes, mechanism: Any, parameters: Any = None) -> bytes:
        # Keys for binding signatures want the PIN again for each one (CKA_ALWAYS_AUTHENTICATE).
        again = self._pin if self._asks_each_time() else None
        return bytes(self._key.sign(data, mechanism=mechanism, mechanism_param=parameters, pin=again))

    def _asks_each_time(self) -> bool:
        from pkcs11 import Attribute, AttributeTypeInvalid

        try:
            return bool(self._key[Attribute.ALWAYS_AUTHENTICATE])
        except AttributeTypeInvalid:
            return False

    def _tokens(self) -> Iterator[Any]:
        from pkcs11 import TokenFlag, TokenNotPresent, TokenNotRecognised

        for slot in self._library.get_slots(token_present=True):
            try:
                token = slot.get_token()
            except (TokenNotPresent, TokenNotRecognised):
                continue  # pulled out meanwhile, or a stick of another maker
            if token.flags & TokenFlag.TOKEN_INITIALIZED:
                yield token

    def _token(self, serial: str, label: str) -> Any:
        found = list(self._tokens())
        if not found:
            raise TokenFault("signers.no_token")
        wanted = [token for token in found if not serial or _serial(token) == serial]
        if label and (not serial or len(wanted) > 1):
            # Some libraries show one token in two places, one for each of its PINs.
            wanted = [token for token in wanted if token.label == label]
        if not wanted:
            raise TokenFault("signers.other_token", label=label or serial)
        if len(wanted) > 1:
            raise TokenFault("signers.several_tokens", count=len(wanted))
        return wanted[0]


def _serial(token: Any) -> str:
    """Some makers fill it up with zero bytes or blanks."""
    return bytes(token.serial).decode("ascii", "backslashreplace").strip(" \0")


def _facts(token: Any) -> dict[str, Any]:
    from pkcs11 import TokenFlag

    flags = token.flags
    states = {
        "locked": TokenFlag.USER_PIN_LOCKED,
        "last_try": TokenFlag.USER_PIN_FINAL_TRY,
        "few_left": TokenFlag.USER_PIN_COUNT_LOW,
    }
    pin = next((state for state, flag in states.items() if flags & flag), "good")
    if not flags & TokenFlag.USER_PIN_INITIALIZED:
        pin = "not_set"
    return {
        "label": token.label,
        "serial": _serial(token),
        "manufacturer": token.manufacturer_id,
        "model": token.model,
        "pin": pin,
        "pin_pad": bool(flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH),
    }


def _certificates(session: Any) -> list[tuple[bytes, bytes]]:
    from pkcs11 import Attribute, ObjectClass

    found = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    return [(bytes(one[Attribute.ID]), bytes(one[Attribute.VALUE])) for one in found]


def ecdsa_der(raw: bytes) -> bytes:
    """PKCS#11 gives r and s side by side; CMS wants SEQUENCE { INTEGER r, INTEGER s } (RFC 5753, 7.2)."""
    if len(raw) == 64:
        return tlv(SEQUENCE, *(integer(int.from_bytes(half, "big")) for half in (raw[:32], raw[32:])))
    if raw[:1] == bytes((SEQUENCE,)) and raw[2:3] == bytes((INTEGER,)):
        return raw  # against the standard, but some tokens already give DER
    raise TokenFault("signers.token_signature_wrong")
