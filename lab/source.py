"""The source of a kernel: finds it, identifies it, and makes a tree of links to it with edits."""
import contextlib, os, re, shutil, subprocess

import cache
from cache import LabError, digest, digest_of_files, say

ROOM = 0.9 * cache.GIGABYTE     # of an unpacked tarball

# Folders of a kernel that are not needed with ARCH=um, except for their Kconfig files.
NEEDLESS = ["Documentation", "samples", "sound", "tools/testing", "tools/perf", "drivers/gpu",
            "drivers/infiniband", "drivers/media", "drivers/scsi", "drivers/staging",
            "drivers/net/ethernet", "drivers/net/wireless"]
OTHER_ARCHES = ["alpha", "arc", "arm", "arm64", "csky", "hexagon", "ia64", "loongarch", "m68k",
                "microblaze", "mips", "nios2", "openrisc", "parisc", "powerpc", "riscv", "s390",
                "sh", "sparc", "xtensa"]

# Files of a tree that was compiled in place; they would be taken for ours.
GENERATED = {".config", "include/config", "include/generated", "arch/um/include/generated",
             "arch/x86/include/generated"}


class Source:
    """A kernel's source: its folder, and where it came from."""

    def __init__(self, folder, place, digest_of_tarball=None):
        self.folder, self.place, self.digest_of_tarball = folder, place, digest_of_tarball
        self.version = version_of(folder)

    def identity(self):
        """The same for the same content."""
        return self.digest_of_tarball or tree_identity(self.folder)


def version_of(folder):
    try:
        with open(os.path.join(folder, "Makefile"), encoding="utf-8") as file:
            head = file.read(4096)
    except OSError:
        return None
    parts = [re.search(rf"^{key} *= *(\d+)", head, re.M)
             for key in ("VERSION", "PATCHLEVEL", "SUBLEVEL")]
    return ".".join(part[1] for part in parts) if all(parts) else None


def git(folder, *words):
    """What git says, or None where it has nothing to say. Nothing is written there."""
    done = subprocess.run(["git", "-C", folder, "--no-optional-locks", *words],
                          capture_output=True, check=False)
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def tree_identity(folder):
    """Of a git work tree the commit's tree and what differs from it, else of every file."""
    if shutil.which("git") and os.path.exists(os.path.join(folder, ".git")):
        tree = git(folder, "rev-parse", "HEAD^{tree}")
        changes = git(folder, "diff", "HEAD", "--binary")
        new = git(folder, "ls-files", "--others", "--exclude-standard", "-z")
        if None not in (tree, changes, new):
            new = sorted(path for path in new.split("\0") if path)
            return digest(tree, changes, digest_of_files(folder, new))
    skipped = {os.path.join(folder, path) for path in NEEDLESS}
    skipped |= {os.path.join(folder, "arch", arch) for arch in OTHER_ARCHES}
    paths = []
    for at, folders, files in os.walk(folder):
        folders[:] = [name for name in folders
                      if name != ".git" and os.path.join(at, name) not in skipped]
        paths += [os.path.relpath(os.path.join(at, name), folder) for name in files
                  if name.endswith((".c", ".h", ".S", ".l", ".y", ".sh", ".pl", ".lds"))
                  or name.startswith(("Kconfig", "Makefile", "Kbuild"))]
    return digest_of_files(folder, sorted(paths))


def unpack(tarball):
    """The source in a tarball, kept in the cache without what no UML kernel needs."""
    identity = digest_of_files("/", [os.path.realpath(tarball)])
    place = os.path.join(cache.FOLDER, "sources", identity)
    with cache.locked(place + ".lock"):
        if not os.path.isdir(place):
            cache.need_room(ROOM)
            say(f"unpacking {tarball}")
            without = [f"--exclude=*/{folder}/*.{ending}"
                       for folder in NEEDLESS + [f"arch/{arch}" for arch in OTHER_ARCHES]
                       for ending in ("[chS]", "rst", "txt", "yaml", "dts", "dtsi", "json")]
            with cache.appearing(place) as new:
                if cache.run(["tar", "-xf", tarball, "-C", new, "--no-same-owner", *without]):
                    raise LabError(f"{tarball} cannot be unpacked")
                inner = os.listdir(new)
                if len(inner) != 1 or not version_of(os.path.join(new, inner[0])):
                    raise LabError(f"{tarball} contains no kernel source")
    return Source(os.path.join(place, os.listdir(place)[0]), tarball, identity)


def find_source(what):
    if os.path.isdir(what):
        folder = os.path.realpath(what)
        if not version_of(folder) or not os.path.isdir(os.path.join(folder, "arch/um")):
            raise LabError(f"{what} is not a kernel source: it has no Makefile with VERSION, or no arch/um")
        return Source(folder, folder)
    packed = what
    if not os.path.exists(what) and re.fullmatch(r"linux-source-[\w.+-]+", what):
        packed = next((path for ending in ("xz", "gz", "bz2")
                       if os.path.exists(path := f"/usr/src/{what}.tar.{ending}")), None)
        if not packed:
            raise LabError(f"package {what} is not installed (apt-get install {what})")
    if not os.path.isfile(packed):
        raise LabError(f"{what}: no such folder, file, or package linux-source-VERSION")
    if not re.search(r"\.(tar(\.\w+)?|tgz)$", packed):
        raise LabError(f"{what} is neither a folder nor a tarball")
    return unpack(packed)


def put(path, text):
    """Writes a file, unless it is so already: make looks at times."""
    with contextlib.suppress(OSError):
        if not os.path.islink(path):
            with open(path, encoding="utf-8", errors="surrogateescape") as file:
                if file.read() == text:
                    return
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


def mirror(source, edited, to, inside=""):
    """
    A tree of links to the source, in which folders on the way to edited and generated files are
    folders, edited files are files, and generated ones are not there. What was a file or folder
    once stays one, since make would not see that a link has taken its place.
    """
    opened = set(edited) | GENERATED
    if os.path.islink(os.path.join(to, inside)):
        remove(os.path.join(to, inside))
    os.makedirs(os.path.join(to, inside), exist_ok=True)
    names = set(os.listdir(os.path.join(source, inside))) - {".git"}
    for name in set(os.listdir(os.path.join(to, inside))) - names:
        remove(os.path.join(to, inside, name))
    for name in names:
        path = os.path.join(inside, name)
        target, here = os.path.join(source, path), os.path.join(to, path)
        ours = os.path.exists(here) and not os.path.islink(here)
        if path in GENERATED:
            continue
        if path in edited:
            put(here, edited[path])
        elif os.path.isdir(target) and (ours or any(other.startswith(path + "/")
                                                    for other in opened)):
            mirror(source, edited, to, path)
        elif ours:
            with open(target, encoding="utf-8", errors="surrogateescape") as file:
                put(here, file.read())
        elif not os.path.islink(here) or os.readlink(here) != target:
            remove(here)
            os.symlink(target, here)
