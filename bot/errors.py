"""
Everything Caveat raises on purpose. `str(error)` is always one sentence fit to show a user.

    CaveatError
    ├── UserError              the person who asked can mend it; shown to them, never logged
    │   ├── NotFound           nothing by that name or id
    │   └── Refused            not allowed, or not possible as asked
    │       └── InvalidClaim   a claim, figure or date that must not exist; raised by the types themselves
    ├── ConflictError          somebody else changed the same thing first
    ├── Unavailable            the database does not answer; nothing was written, and later it may
    └── StartupError           Caveat cannot run: settings, database or fact base; exit status 1
        └── FactBaseError      the fact base's file is broken; names the file and the line
"""


class CaveatError(Exception):
    """Root of the tree."""


class UserError(CaveatError):
    """The person who asked can mend it."""


class NotFound(UserError):
    """Nothing by that name or id."""


class Refused(UserError):
    """Not allowed, or not possible as asked."""


class InvalidClaim(Refused, ValueError):
    """A value that breaks the answer contract, such as a claim without a claimant."""


class ConflictError(CaveatError):
    """Somebody else changed the same thing first."""


class Unavailable(CaveatError):
    """The database does not answer right now."""


class StartupError(CaveatError):
    """Caveat cannot run as configured."""


class FactBaseError(StartupError):
    """The fact base's file cannot be read or breaks its format."""
