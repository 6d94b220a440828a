"""Mutants of a script: one expectation changed, or one injected segment deleted, in each.

A mutant is the whole script, in which one event, or one cell of its table of cases, is different. Of
the table only the row with this cell is left, so that each case must notice the change by itself. An
injected segment is replaced by an event that does nothing at the same time, so that the times of all
other events stay the same.
"""
import re

NOTHING = "signal(SIGALRM) = 0"
SECONDS = r"(?:\d+(?:\.\d+)?|\.\d+)"
TIME = re.compile(rf"(\+?)({SECONDS})(?:~\+?({SECONDS}))?(?:(\.\.\.)({SECONDS}))?(?=\s)|\*(?=\s)")
STRING = re.compile(r'"(?:\\.|[^"\\])*"')
BEGINS = re.compile(r"[ \t]*(?:[+*]|\.?\d|`|%\{)")
DIRECTIVE = re.compile(r"\s*(?:include|sysctl|requires|known|covers|rfc|tag|verdict|cases)\b|\s*(?:--|#|$)")
STATES = ("ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "CLOSE_WAIT", "CLOSING", "LAST_ACK", "TIME_WAIT",
          "CLOSED", "LISTEN", "SYN_SENT", "SYN_RECV")
# The calls whose result is a name that the script gives.
NAMING = ("socket", "accept", "accept4", "dup", "dup3", "epoll_create", "epoll_create1", "eventfd", "open",
          "fork", "run")
# The calls of which an argument is compared with what the kernel wrote there.
BYTES = ("read", "readv", "recv", "recvfrom", "recvmsg")
# The options whose numbers can be changed.
NUMBERS = ("mss", "wscale", "TS", "sack")
VALUES = ("getsockopt", "ioctl", "epoll_wait", "recvmsg", "getsockname", "getpeername")


class Mutant:
    def __init__(self, path, line, case, kind, event, change, text):
        self.path, self.line, self.case, self.kind = path, line, case, kind
        self.event, self.change, self.text = event, change, text

    def where(self):
        return self.path + (f"[{self.case}]" if self.case else "")


# ---- words ----

def other(word, words):
    return words[(words.index(word) + 1) % len(words)] if word in words else words[0]


def next_number(text):
    if re.fullmatch(r"-?\d+", text):
        return str(int(text) + 1)
    return hex(int(text, 16) + 1) if re.fullmatch(r"0[xX][0-9a-fA-F]+", text) else None


def seconds(value):
    return f"{value:.6f}".rstrip("0").rstrip(".")


def beyond(text):
    """A range of numbers that has nothing in common with `N` or `A~B`."""
    low, high = (text.split("~") + [text])[:2]
    if "." in text:
        return f"{seconds(float(high) * 1.5 + 1)}~{seconds(float(high) * 1.5 + 2)}"
    return f"{int(high) + 1}~{int(high) + 2}" if "~" in text else str(int(low) + 1)


def flip(string):
    """The string with its first byte changed."""
    inside = string[1:-1]
    if not inside:
        return None
    first = re.match(r"\\x[0-9A-Fa-f]{2}|\\.|.", inside)[0]
    return f'"{"A" if first != "A" else "B"}{inside[len(first):]}"'


def replaced(text, match, group, new):
    """The text with a group of the match written anew; None where there is nothing to change."""
    if new is None or match is None or match[group] is None:
        return None
    return text[:match.start(group)] + new + text[match.end(group):]


# ---- segments ----

SEGMENT = re.compile(r">\s*(?P<ip>[(\[][^)\]]*[)\]]\s*)?(?:\w+\s*>\s*\w+\s+)?(?P<flags>[FSRPUEWA.\d-]+)\s+"
                     r"(?:(?P<first>\d+):(?P<last>\d+)|(?P<any>\*))\((?P<length>\d+|\*)\)(?P<rest>.*)", re.S)


def flag_changes(text, match):
    flags = match["flags"]
    for flag in dict.fromkeys(c for c in flags if c in "FSRPU."):
        yield replaced(text, match, "flags", flags.replace(flag, "") or "-")
    for flag in "FR":
        if flag not in flags and not re.search(r"[\d-]", flags):
            yield replaced(text, match, "flags", flag + flags)
            break


def sequence_changes(text, match):
    """The number of a SYN, when it is 0, is a name: the others count from it."""
    if match["first"] and not ("S" in match["flags"] and match["first"] == "0"):
        low, high = (str((int(match[name]) + 1) % 2**32) for name in ("first", "last"))
        yield text[:match.start("first")] + f"{low}:{high}" + text[match.end("last"):]


def length_changes(text, match):
    if match["first"] and match["length"] != "*" and '"' not in match["rest"]:
        last, length = int(match["last"]) + 1, int(match["length"]) + 1
        yield text[:match.start("last")] + f"{last}({length})" + text[match.end("length") + 1:]


def field_changes(word):
    def changes(text, match):
        found = re.search(rf"\b{word} (\d+)", STRING.sub(lambda s: " " * len(s[0]), match["rest"]))
        if found:
            at = match.start("rest")
            new = text[:at + found.start(1)] + next_number(found[1]) + text[at + found.end(1):]
            yield new
    return changes


def option_length(words):
    """How many bytes an option has."""
    sizes = {"mss": 4, "wscale": 3, "sackOK": 2, "TS": 10, "sack": 2 + 8 * (len(words) - 1)}
    return sizes.get(words[0], 0)


def option_changes(text, match):
    """Each number of an option is another, and nop stand in the place of each option."""
    found = re.search(r"<([^<>\"]*)>", match["rest"])
    if not found or found[1].strip() == "...":
        return
    begin, options = match.start("rest") + found.start(1), found[1].split(",")
    end = match.start("rest") + found.end(1)
    for n, option in enumerate(options):
        words = option.split()
        news = [",".join(["nop"] * option_length(words))]
        # A timestamp's value is no expectation but a name for what comes.
        for number in re.finditer(r"(?<!val )\b\d+\b", option if words[0] in NUMBERS else ""):
            news.append(option[:number.start()] + str(int(number[0]) + 1) + option[number.end():])
        for new in filter(None, news):
            yield text[:begin] + ",".join(options[:n] + [new] + options[n + 1:]) + text[end:]


def byte_changes(text, match):
    found = STRING.search(match["rest"])
    if found and flip(found[0]):
        at = match.start("rest")
        yield text[:at + found.start()] + flip(found[0]) + text[at + found.end():]


def header_changes(text, match):
    for number in re.finditer(r"(?<!flowlabel )\b(?:0x[0-9a-fA-F]+|\d+)\b", match["ip"] or ""):
        at = match.start("ip")
        yield text[:at + number.start()] + next_number(number[0]) + text[at + number.end():]
    found = re.search(r"\b(noecn|ect0|ect1|ect01|ce)\b", match["ip"] or "")
    if found:
        at, new = match.start("ip"), "ce" if found[1] != "ce" else "noecn"
        yield text[:at + found.start()] + new + text[at + found.end():]


OF_SEGMENTS = (("flag", flag_changes), ("seq", sequence_changes), ("length", length_changes),
               ("ack", field_changes("ack")), ("window", field_changes("win")), ("urgent", field_changes("urg")),
               ("option", option_changes), ("byte", byte_changes), ("header", header_changes))


def of_segments(action):
    """Changes of `> A [or > B ...]`: of all that are named at once, since one of them will come."""
    parts = re.split(r"\s+or\s+(?=>)", action)
    matches = [SEGMENT.match(part) for part in parts]
    if not all(matches):
        return
    for kind, changes in OF_SEGMENTS:
        # What one alternative would become may be another one.
        each = [[new for new in changes(part, match) if new and new not in parts]
                for part, match in zip(parts, matches)]
        for n in range(max(map(len, each)) if all(each) else 0):
            yield kind, " or ".join(news[min(n, len(news) - 1)] for news in each)


# ---- calls ----

CALL = re.compile(r"(?:\w+:\s*)?(?P<name>\w+)\(.*\)\s*=\s*(?P<result>-?\d+(?:~-?\d+)?|\.\.\.|\w+)"
                  r"(?:\s+(?P<errno>E[A-Z0-9]+))?(?:\s*\([^()]*\))?\s*", re.S)


def masked(text):
    """The text with strings blanked, in the same places."""
    return STRING.sub(lambda s: '"' + " " * (len(s[0]) - 2) + '"', text)


def of_values(action, name):
    """What a call has written, as its arguments tell it."""
    plain = masked(action)
    end = plain.rindex("=")
    spots = []
    if name in VALUES:
        spots = [*re.finditer(r"(?:(?<==)|(?<=\[))-?(?:\d+|\b[A-Z][A-Z_0-9|]+)", plain[:end])]
        spots = [spot for spot in spots if not re.search(r"(fd|ptr|u32|u64|level|type)=$", plain[:spot.start()])]
        # The last is the size of the room.
        if name == "getsockopt" and spots and re.search(r"\[\d+\]\)\s*$", plain[:end]):
            spots.pop()
    elif name == "poll":
        spots = [*re.finditer(r"(?<=\brevents=)[A-Z0-9|]+", plain[:end])]
    for spot in spots:
        for new in value_changes(spot[0]):
            yield "errno" if spot[0].startswith("E") and "EPOLL" not in spot[0] else "value", \
                action[:spot.start()] + new + action[spot.end():]
    if name in BYTES:
        for spot in STRING.finditer(action[:end]):
            if flip(spot[0]):
                yield "byte", action[:spot.start()] + flip(spot[0]) + action[spot.end():]


def value_changes(value):
    if next_number(value):
        return [next_number(value)] if value != "0" else ["1"]
    if value.startswith("TCP_"):
        return ["TCP_LISTEN" if value != "TCP_LISTEN" else "TCP_CLOSE"]
    if re.match(r"E?POLL", value):
        words = value.split("|")
        return ["|".join(words[:n] + words[n + 1:]) or "0" for n in range(len(words))]
    if value.startswith("E"):
        return ["EIO" if value != "EIO" else "EPIPE"]
    return []


def of_calls(action):
    match = CALL.fullmatch(masked(action))
    if not match:
        return
    name, result = match["name"], match["result"]
    if match["errno"]:
        yield "errno", replaced(action, match, "errno", "EIO" if match["errno"] != "EIO" else "EPIPE")
    elif name == "wait" and result.startswith("SIG"):
        yield "result", replaced(action, match, "result", "SIGHUP")
    elif re.match(r"-?\d", result) and not (name in NAMING and not result.startswith("-")):
        yield "result", replaced(action, match, "result", beyond(result))
    # Where epoll_wait() gives none, there is no event to compare.
    if match["errno"] is None and not (name == "epoll_wait" and result == "0"):
        yield from of_values(action, name)


# ---- observations ----

def of_state(action):
    head, state, tail = re.match(r"(state(?:\([^)]*\))?\s*=\s*)(\w+)(.*)", action, re.S).groups()
    yield "state", head + other(state, STATES) + tail
    for found in re.finditer(r"\b(timer)\s+(\w+)(?:\s+([\d.]+(?:~[\d.]+)?))?|"
                             r"\b(retransmits|rqueue|wqueue)\s+([\d.]+(?:~[\d.]+)?)", tail):
        def put(group, new, found=found):
            return head + state + tail[:found.start(group)] + new + tail[found.end(group):]
        if found[1]:
            new = "none" if found[2] != "none" else "keepalive"
            end = found.end(3) if found[3] else found.end(2)
            yield "timer", head + state + tail[:found.start(2)] + new + tail[end:]
        if found[3]:
            number = found[3] if "." in found[3] else found[3].replace("~", ".0~") + ".0"
            yield "timer", put(3, beyond(number))
        if found[4]:
            yield "queue", put(5, beyond(found[5]))


def of_observations(action):
    if action.startswith("state"):
        yield from of_state(action)
    found = re.match(r"(counter|signal)\(\w+\)\s*=\s*(\d+(?:~\d+)?)", action)
    if found:
        yield found[1], replaced(action, found, 2, beyond(found[2]))


# ---- times ----

def of_time(time, action):
    """The time of a segment of the kernel's, or the end of a call that blocks, later and earlier."""
    match = TIME.match(time + " ")
    if match[4]:
        begin, end = float(match[2]), float(match[5])
        for new in (end * 1.5 + .05, end * .6 - .02):
            if new > begin:
                yield f"{match[1]}{match[2]}...{seconds(new)}"
    elif action.startswith(">") and match[2]:
        low, high = float(match[2]), float(match[3] or match[2])
        plus = match[1]
        news = [(high * 1.5 + .05, high * 2 + .1)]
        if low * .7 - .02 > 0:
            news.append((0 if plus else low * .5, low * .7 - .02))
        for begin, end in news:
            yield f"{plus}{seconds(begin)}~{plus}{seconds(end)}"


# ---- one event ----

def of_action(action):
    """(kind, new action) of what stands behind a time."""
    if action.startswith("<"):
        yield "deleted", NOTHING
    elif action.startswith(">"):
        yield from of_segments(action)
    elif action.startswith("maybe"):
        yield "maybe", next((f"maybe {new}" for kind, new in of_segments(action[5:].strip()) if kind == "flag"),
                            None)
    elif re.match(r"(state|counter|signal)\b", action):
        yield from of_observations(action)
    else:
        yield from of_calls(action)


def of_event(time, action):
    """(kind, new event) of an event."""
    for kind, new in of_action(action):
        if new and new != action:
            yield kind, f"{time} {new}"
    for new in of_time(time, action):
        yield "time", f"{new} {action}"


# ---- a script ----

def uncommented(text):
    """The text with comments blanked, in the same places."""
    def blank(match):
        return match[0] if match[0][0] in '"`' else re.sub(r"[^\n]", " ", match[0])
    return re.sub(r'"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|//[^\n]*|/\*.*?\*/', blank, text, flags=re.S)


class Script:
    """The events and the table of a file; comments are blanked in its text."""

    def __init__(self, path, text):
        self.path, self.text = path, uncommented(text)
        self.events = []            # (begin, end) in the text
        self.columns, self.rows, self.table = [], [], None
        self.read()

    def read(self):
        at, in_table, event, open_quote = 0, False, None, False
        for line in self.text.splitlines(keepends=True):
            end = at + len(line)
            if in_table and line[:1] in " \t" and line.strip() and not BEGINS.match(line):
                self.rows.append((at, end, cells(line)))
                self.table[1] = end
            elif open_quote:
                event[1] = end
            else:
                in_table = False
                if line.startswith("cases"):
                    self.columns, self.table, in_table, event = cells(line)[1:], [at, end], True, None
                elif BEGINS.match(line):
                    event = [at, end]
                    self.events.append(event)
                elif DIRECTIVE.match(line):
                    event = None if line.strip() else event
                elif event:
                    event[1] = end
            open_quote ^= line.count("`") % 2 == 1
            at = end

    def values(self, row):
        """What words stand for: those of --define, and the columns of the table."""
        defines = re.findall(r"^--define=(\w+)=(\S.*?)\s*$", self.text, re.M)
        return dict(defines) | (dict(zip(self.columns[1:], row[2][1:])) if row else {})

    def line(self, at):
        return self.text.count("\n", 0, at) + 1

    def with_row(self, row, cut=None):
        """The text with this row only; `cut` is (begin, end, new) to write anew before that."""
        cuts = [cut] if cut else []
        cuts += [(begin, end, "") for begin, end, _ in self.rows if row and begin != row[0]]
        text = self.text
        for begin, end, new in sorted(cuts, reverse=True):
            text = text[:begin] + new + text[end:]
        return text


def cells(line):
    return re.findall(r'"(?:\\.|[^"\\])*"|\S+', line)


def unquoted(cell):
    return re.sub(r"\\(.)", r"\1", cell[1:-1])


def substituted(action, row):
    """The action with the values of the row in it; a string in the place of an action is one."""
    word = action.strip()
    if row.get(word, "").startswith('"'):
        return unquoted(row[word])
    return re.sub(r'"(?:\\.|[^"\\])*"|[A-Za-z_]\w*', lambda match: row.get(match[0], match[0]), action)


def own_events(script, row):
    """(line, time, action, begin, end) of each event, for a row of the table."""
    for begin, end in script.events:
        whole = script.text[begin:end]
        time = TIME.match(whole.strip() + " ")
        if not time:
            continue
        action = re.sub(r"\s*\n\s*", " ", whole.strip()[time.end():].strip())
        action = substituted(action, row).strip()
        if action and action[0] not in '`"':
            yield script.line(begin), time[0], action, begin, end


def of_cells(script, row, values, elsewhere):
    """Changes of cells that stand in the events of a recipe, not in the script's own."""
    begin, end, words = row
    for name, cell in zip(script.columns[1:], words[1:]):
        if name not in elsewhere or not cell.startswith('"'):
            continue
        for kind, new in of_action(unquoted(cell)):
            if new:
                changed = words[:]
                at = script.columns.index(name)
                changed[at] = '"' + new.replace("\\", "\\\\").replace('"', '\\"') + '"'
                yield (script.line(begin), kind, unquoted(cell), new,
                       script.with_row(row, None).replace(script.text[begin:end],
                                                          "    " + "  ".join(changed) + "\n"))


def plain(text):
    """The script in the first of its families only, and without bugs that excuse a failure."""
    def first(match):
        families = match[1].split(",")
        return f"--ip_version={'ipv4' if families[0] == 'all' else families[0]}"
    text = re.sub(r"^known ", "// known ", text, flags=re.M)
    return re.sub(r"^--ip_version=(\S+)", first, text, flags=re.M)


def mutants(path, text):
    """All mutants of a script, and the script itself for each of its cases as kind None."""
    script = Script(path, plain(text))
    for row in script.rows or [None]:
        case = row[2][0].strip('"') if row else ""
        values = script.values(row)
        yield Mutant(path, 1, case, None, "", "", script.with_row(row))
        used = set()
        for begin, end in script.events:
            used |= set(re.findall(r"\w+", masked(script.text[begin:end])))
        for line, time, action, begin, end in own_events(script, values):
            for kind, new in of_event(time, action):
                yield Mutant(path, line, case, kind, f"{time} {action}", new,
                             script.with_row(row, (begin, end, new + "\n")))
        if row:
            for line, kind, cell, new, changed in of_cells(script, row, values, set(script.columns) - used):
                yield Mutant(path, line, case, kind, cell, new, changed)


def of_recipe(path, text, host_path, host):
    """Mutants of a recipe, each with a script that includes it: (mutant, text of the recipe)."""
    script, recipe = Script(host_path, plain(host)), Script(path, text)
    row = script.rows[0] if script.rows else None
    values = script.values(row)
    # A recipe may have the table itself.
    if recipe.rows:
        row = recipe.rows[0]
        values = recipe.values(row)
    for line, time, action, begin, end in own_events(recipe, values):
        for kind, new in of_event(time, action):
            changed = recipe.with_row(row if recipe.rows else None, (begin, end, new + "\n"))
            yield Mutant(path, line, "", kind, f"{time} {action}", new,
                         script.with_row(None if recipe.rows else row)), changed
