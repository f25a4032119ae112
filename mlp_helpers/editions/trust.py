"""Jupyter's trust in a copy: without it, JupyterLab strips what the learner's own runs have left on the page."""

import contextlib
import warnings


def keep_trust(before, content):
    """Where Jupyter trusts the notebook with these bytes, let it trust the one with the others, which was made of it.

    The outputs of both are the same, or fewer.
    """
    with contextlib.suppress(Exception), warnings.catch_warnings():  # no Jupyter, or no place for its signatures
        warnings.simplefilter("ignore")  # about cells without ids
        import nbformat
        from nbformat.sign import NotebookNotary

        notary = NotebookNotary()
        if notary.check_signature(nbformat.reads(before.decode(), as_version=4)):
            notary.sign(nbformat.reads(content.decode(), as_version=4))
