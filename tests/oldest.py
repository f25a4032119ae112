"""Run every test with the oldest versions that requirements.txt allows, in an environment that is thrown away.

    python3.10 tests/oldest.py [arguments for pytest]

Works with Python 3.10 to 3.12: the oldest NumPy was built for these.
"""

import pathlib
import sys
import tempfile

from own_environment import ROOT, run_tests


def main(arguments):
    oldest = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace(">=", "==")
    with tempfile.TemporaryDirectory() as folder:
        requirements = pathlib.Path(folder, "oldest.txt")
        requirements.write_text(oldest, encoding="utf-8")
        install = ["-r", requirements, "-r", "tests/requirements.txt"]
        return run_tests(pathlib.Path(folder, "environment"), install, ["-p", "no:cacheprovider", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
