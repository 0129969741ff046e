"""The errors that a person can cause or meet; each carries a sentence fit for the user."""


class DesktopError(Exception):
    """A refused operation.

    `message` says in Chinese what is wrong and what to do next; `where` names the place (a field, file, cell or
    rule); `code` is stable for programs that drive the command line.
    """

    code = "refused"

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where

    def as_dict(self) -> dict[str, str]:
        """Return the error as the command line prints it: code, message, where."""
        return {"code": self.code, "message": self.message, "where": self.where}


class BadInput(DesktopError):
    """A value, field or file that the user gave cannot be taken."""

    code = "bad_input"


class NotFound(DesktopError):
    """A record, regulation or kind of paper that does not exist here."""

    code = "not_found"


class NotAllowed(DesktopError):
    """A step that the regulation or the state of the record forbids now."""

    code = "not_allowed"


class BadRegulation(DesktopError):
    """A regulation file that breaks the format; `where` names file and key."""

    code = "bad_regulation"


class Unprintable(DesktopError):
    """A paper that cannot be set by the standard's own rules, or a character no font has."""

    code = "unprintable"


class BadPackage(DesktopError):
    """A package or identity file that is damaged, forged, foreign or too new."""

    code = "bad_package"


class StorageFault(DesktopError):
    """The database or disk cannot be used: locked, full, damaged, not writable."""

    code = "storage"
