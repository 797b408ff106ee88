"""Errors whose message is shown to a person: the bad value, then the next step."""


class ChuktiError(Exception):
    """Base of every error that a door turns into one sentence for the person; never a programming mistake."""

    exit_code = 1


class UsageError(ChuktiError):
    """The person asked in a way that cannot work, such as an unknown option value or an unreadable path."""

    exit_code = 2


class CorpusError(ChuktiError):
    """A record or an article is malformed; the message names the file, the row and the field."""


class IndexBusyError(ChuktiError):
    """Another process owns the index folder."""


class IndexMissingError(ChuktiError):
    """There is no index yet, or its stamp does not fit the present settings."""


class NotFoundError(ChuktiError):
    """An id names nothing in the corpus."""


class ModelError(ChuktiError):
    """An embedding or language model could not be loaded or did not answer."""
