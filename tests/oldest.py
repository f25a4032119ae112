"""Run every test with the oldest versions that requirements.txt allows, in an environment that is thrown away.

    python3.10 tests/oldest.py [arguments for pytest]

Works with Python 3.10 to 3.12: the oldest NumPy was built for these.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main(arguments):
    oldest = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace(">=", "==")
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
        python = pathlib.Path(folder, "Scripts/python.exe" if os.name == "nt" else "bin/python")
        requirements = pathlib.Path(folder, "oldest.txt")
        requirements.write_text(oldest, encoding="utf-8")
        install = ["pip", "install", "--quiet", "-r", requirements, "-r", "tests/requirements.txt"]
        for command in (install, ["pytest", "-p", "no:cacheprovider", *arguments]):
            status = subprocess.run([python, "-m", *command], cwd=ROOT, check=False).returncode
            if status:
                return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
