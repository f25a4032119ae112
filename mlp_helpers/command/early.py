"""Imported first: until ``python -m mlp_helpers`` can answer Ctrl-C, that ends it without a traceback out of its imports."""

import _signal as signal  # its core, which is there at once: the module itself takes a while to import
import sys

STARTED_BY_NAME = sys.argv[:1] == ["-m"] and "mlp_helpers" in sys.orig_argv  # so Python marks it until the module runs

if STARTED_BY_NAME and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
