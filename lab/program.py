"""The programs that the commands of the lab run."""
import os, shutil, subprocess, sys

LAB = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(LAB)


def find_tcpclose():
    """./build/tcpclose-run of this checkout, or the one that is installed; else None."""
    built = os.path.join(TOP, "build", "tcpclose-run")
    return built if os.path.exists(built) else shutil.which("tcpclose-run")


def build_kernel(*arguments):
    """The path of the kernel; build-kernel has told why where none could be made."""
    built = subprocess.run([os.path.join(LAB, "build-kernel"), *arguments],
                           stdout=subprocess.PIPE, text=True, check=False)
    if built.returncode:
        sys.exit(built.returncode)
    return built.stdout.strip()
