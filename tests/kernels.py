"""Run the tests in a real browser with several versions of ipykernel, each in an environment that is thrown away.

    python tests/kernels.py [version …]          without versions: 6.31.0, 7.3.0 and the newest

On which thread a widget's callback runs differs between them, and the labs must not depend on it.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSIONS = ["6.31.0", "7.3.0", ""]


def main(versions):
    failed = []
    for version in versions or VERSIONS:
        kernel = f"ipykernel=={version}" if version else "ipykernel"
        print(f"--- {kernel}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            venv.create(folder, with_pip=True, symlinks=os.name != "nt")
            python = pathlib.Path(folder, "Scripts/python.exe" if os.name == "nt" else "bin/python")
            install = ["pip", "install", "--quiet", "-r", "requirements.txt", "-r", "tests/browser/requirements.txt", kernel]
            tests = ["pytest", "-m", "browser", "-n0", "-p", "no:cacheprovider", "tests/browser"]
            if any(subprocess.run([python, "-m", *command], cwd=ROOT, check=False).returncode for command in (install, tests)):
                failed.append(kernel)
    print("failed with " + ", ".join(failed) if failed else "All passed.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
