"""Edits of a kernel tree. An edit names its place by file and function, not by line.

A file of lab/undo/ is

	TITLE                                   what one sees on a kernel that has the bug
	COMMIT SUBJECT                          the commit that corrected it, or `none: ...`
	undo                                    the edit brings the bug back; `fix` removes it
	edit net/ipv4/tcp_input.c tcp_ack       then, as in a diff without line numbers:
	 	a line that stays
	-	a line that is removed
	+	a line that is added; SWITCH in it is true with tcpclose_undo=NAME
	or                                      the same for trees whose code is different
	-	...

and may have several `edit` parts. Empty lines and those that begin with # say nothing. The lines
that stay and go are looked for next to each other, without regard to indentation, in the function
only, past empty ones, and have to be there exactly once.
"""
import os, re

LAB = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(LAB, "undo")
HOST = os.path.join(LAB, "um")      # what every kernel gets, so that it runs on its host, and fast


class EditError(Exception):
    """Why an edit does not fit a tree, or what is wrong in the file that holds it."""


class Hunk:
    def __init__(self, line):
        self.line, self.lines = line, []    # (mark, text): what stays, goes and comes

    def looked_for(self):
        return [text.strip() for mark, text in self.lines if mark in " -"]

    def result(self, present):
        """The new lines; those that stay are as they are in the tree."""
        present, out = iter(present), []
        for mark, text in self.lines:
            was = next(present) if mark in " -" else None
            if mark != "-":
                out.append(was if mark == " " else text)
        return out


class Edit:
    def __init__(self, path, function):
        self.path, self.function, self.hunks = path, function, []


class Undo:
    """One file of lab/undo/."""

    def __init__(self, name, folder=FOLDER):
        self.name, self.edits = name, []
        self.path = os.path.join(folder, name)
        with open(self.path, encoding="utf-8") as file:
            lines = [(n, text) for n, text in enumerate(file.read().split("\n"), 1)
                     if text.strip() and not text.startswith("#")]
        if len(lines) < 3:
            raise EditError(f"{self.path}: wanted a title, a commit, `undo` or `fix`, and edits")
        (_, self.title), (_, self.commit), (at, self.kind) = lines[:3]
        if self.kind not in ("undo", "fix"):
            raise EditError(f"{self.path}:{at}: wanted `undo` or `fix`, not `{self.kind}`")
        for number, text in lines[3:]:
            self.add_line(number, text)
        if not self.edits:
            raise EditError(f"{self.path}: no `edit FILE FUNCTION` in it")

    def add_line(self, number, text):
        words = text.split()
        if text[0] in " -+":
            if not self.edits:
                raise EditError(f"{self.path}:{number}: this comes after `edit FILE FUNCTION`")
            self.edits[-1].hunks[-1].lines.append((text[0], text[1:]))
        elif words[0] == "edit" and len(words) == 3:
            self.edits.append(Edit(words[1], words[2]))
            self.edits[-1].hunks.append(Hunk(number))
        elif words == ["or"] and self.edits:
            self.edits[-1].hunks.append(Hunk(number))
        else:
            raise EditError(f"{self.path}:{number}: wanted `edit FILE FUNCTION`, `or`, or a line "
                            f"that begins with a blank, - or +")

    def files(self):
        return sorted({edit.path for edit in self.edits})

    def apply(self, texts, switch):
        """The texts (path to lines) with all edits made, in each of which SWITCH is `switch`."""
        texts = dict(texts)
        for edit in self.edits:
            where = f"{edit.path}: {edit.function}()"
            tried = []
            for hunk in edit.hunks:
                try:
                    texts[edit.path] = apply_hunk(texts[edit.path], edit.function, hunk, switch)
                    break
                except EditError as error:
                    tried.append(f"{self.path}:{hunk.line}: {where}: {error}")
            else:
                raise EditError("\n".join(tried))
        return texts


def function_ranges(lines, name):
    """Where the definitions of a function begin and end: from its name to its closing brace."""
    called, ranges = re.compile(rf"\b{re.escape(name)}\s*\("), []
    for first, line in enumerate(lines):
        if not re.match(r"[A-Za-z_]", line) or not called.search(line):
            continue
        for body in range(first, len(lines)):
            if lines[body].startswith("{"):
                last = next((n for n in range(body, len(lines)) if lines[n].startswith("}")), None)
                if last is not None:
                    ranges.append((first, last))
                break
            if lines[body].rstrip().endswith((";", "}")) or not lines[body].strip():
                break
    return ranges


def apply_hunk(lines, function, hunk, switch):
    ranges = function_ranges(lines, function)
    if not ranges:
        raise EditError("no such function in this tree")
    wanted = hunk.looked_for()
    if not wanted:
        raise EditError("no line to look for (one that begins with a blank or -)")
    found = []
    for first, last in ranges:
        filled = [n for n in range(first, last + 1) if lines[n].strip()]
        found += [at for at in (filled[n:n + len(wanted)] for n in range(len(filled)))
                  if [lines[n].strip() for n in at] == wanted]
    if len(found) != 1:
        times = f"found {len(found)} times" if found else "not found"
        raise EditError(f"{times}: {wanted[0]}" + (" ..." if len(wanted) > 1 else ""))
    at = found[0]
    new = [re.sub(r"\bSWITCH\b", switch, line) for line in hunk.result([lines[n] for n in at])]
    return lines[:at[0]] + new + lines[at[-1] + 1:]


# ---- switches ----

HOME = "net/ipv4/tcp.c"         # where the switch itself is

HELPER = """
/* tcpclose-lab: tcpclose_undo=NAME of the kernel's command line picks one of the edits. */
int tcpclose_undo;

static const char *const tcpclose_undo_names[] = {{ {names} }};

static int __init tcpclose_undo_setup(char *name)
{{
	for (tcpclose_undo = ARRAY_SIZE(tcpclose_undo_names); tcpclose_undo; tcpclose_undo--)
		if (!strcmp(name, tcpclose_undo_names[tcpclose_undo - 1]))
			return 1;
	panic("tcpclose_undo=%s: this kernel has no such edit\\n", name);
}}
__setup("tcpclose_undo=", tcpclose_undo_setup);
"""

DECLARATION = "extern int tcpclose_undo;"


def names(folder=FOLDER):
    return sorted(name for name in os.listdir(folder) if re.fullmatch(r"[a-z0-9-]+", name))


def read_lines(tree, path):
    try:
        with open(os.path.join(tree, path), encoding="utf-8", errors="surrogateescape") as file:
            return file.read().split("\n")
    except FileNotFoundError:
        return []


def apply_all(tree, undos):
    """The edited files of a tree (path to text), and why edits did not fit (name to reason)."""
    hosts = [Undo(name, HOST) for name in names(HOST)]
    original = {path: read_lines(tree, path) for undo in [*hosts, *undos]
                for path in undo.files() + [HOME]}
    texts, fitted, refused = original, [], {}
    for host in hosts:
        try:
            texts = host.apply(texts, "1")
        except EditError:
            pass        # what it mends is otherwise in this tree
    for undo in undos:
        try:
            texts = undo.apply(texts, f"unlikely(tcpclose_undo == {len(fitted) + 1})")
            fitted.append(undo.name)
        except EditError as error:
            refused[undo.name] = str(error)
    helper = HELPER.format(names=", ".join(f'"{name}"' for name in fitted)) if fitted else ""
    edited = {}
    for path, lines in texts.items():
        text = "\n".join(lines)
        if "tcpclose_undo" in text or path == HOME and fitted:
            edited[path] = DECLARATION + " " + text + (helper if path == HOME else "")
        elif lines != original[path]:
            edited[path] = text
    return edited, refused
