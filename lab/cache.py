"""The lab's cache. One process at a time writes to it, and a file appears only when it is complete."""
import contextlib, fcntl, hashlib, os, shutil, signal, subprocess, sys, tempfile

FOLDER = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"),
                      "tcpclose")
GIGABYTE = 10 ** 9


class LabError(Exception):
    """The reason why the kernel cannot be made."""


def say(text):
    print(f"build-kernel: {text}", file=sys.stderr)


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def digest_of_files(root, paths):
    total = hashlib.sha256()
    for path in paths:
        total.update(path.encode("utf-8", "surrogateescape") + b"\0")
        full = os.path.join(root, path)
        if os.path.islink(full):
            total.update(os.readlink(full).encode())
        elif os.path.isfile(full):
            with open(full, "rb") as file:
                while block := file.read(1 << 20):
                    total.update(block)
    return total.hexdigest()[:16]


@contextlib.contextmanager
def locked(path):
    """One process at a time; the others wait, and are told so."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another process is working on it; waiting")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def appearing(path):
    """A folder that comes to be at `path`, whole, at the end of the block, or not at all."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    new = tempfile.mkdtemp(prefix=".new-", dir=os.path.dirname(path))
    try:
        yield new
        os.chmod(new, 0o755)
        try:
            os.rename(new, path)
        except OSError:
            if not os.path.isdir(path):         # else somebody came first, with the same
                raise
    finally:
        shutil.rmtree(new, ignore_errors=True)


def need_room(bytes_wanted):
    os.makedirs(FOLDER, exist_ok=True)
    free = shutil.disk_usage(FOLDER).free
    if free < bytes_wanted:
        raise LabError(f"not enough room: {FOLDER} has {free / GIGABYTE:.1f} GB free, "
                       f"{bytes_wanted / GIGABYTE:.1f} GB are needed")


def run(command, **more):
    """A command in a process group of its own, which ends with us."""
    process = subprocess.Popen(command, start_new_session=True, **more)
    try:
        return process.wait()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        raise
