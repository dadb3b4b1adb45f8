"""What a token's errors mean to its user, as ids of the catalogue. By name: no library is loaded here.

PKCS#11 v2.40, 5.1.6 lists the codes; tokens are free in which one they give when they are pulled out.
"""

from __future__ import annotations

PIN_WRONG = "signers.pin_wrong"
PIN_LOCKED = "signers.pin_locked"
FAILED = "signers.token_failed"

_REMOVED = (
    "DeviceRemoved",
    "TokenNotPresent",
    "TokenNotRecognised",
    "NoSuchToken",
    "SlotIDInvalid",
    "SessionClosed",
    "SessionHandleInvalid",
    "ObjectHandleInvalid",
    "KeyHandleInvalid",
    "UserNotLoggedIn",
)
FAULTS: dict[str, str] = {
    "PinIncorrect": PIN_WRONG,
    "PinInvalid": PIN_WRONG,
    "PinLenRange": PIN_WRONG,
    "PinLocked": PIN_LOCKED,
    "PinExpired": "signers.pin_expired",
    "UserPinNotInitialized": "signers.pin_not_set",
    "AnotherUserAlreadyLoggedIn": "signers.token_busy",
    "UserTooManyTypes": "signers.token_busy",
    "SessionCount": "signers.token_busy",
    "FunctionCancelled": "signers.token_cancelled",
    "FunctionRejected": "signers.token_cancelled",
    "NoSuchKey": "signers.token_no_key",
    "MechanismInvalid": "signers.token_mechanism",
    "KeyTypeInconsistent": "signers.token_mechanism",
    "KeySizeRange": "signers.token_mechanism",
    **dict.fromkeys(_REMOVED, "signers.token_removed"),
}


def fault_of(error: BaseException) -> str:
    """The id for an exception of python-pkcs11; what has no advice of its own is `FAILED`."""
    return FAULTS.get(type(error).__name__, FAILED)
