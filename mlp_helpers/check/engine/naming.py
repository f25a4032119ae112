"""Which name may have been meant."""

import difflib


def nearest(name, known):
    """Return the one of the known names that is most like another; None where none is."""
    return next(iter(difflib.get_close_matches(str(name), list(known), 1)), None)
