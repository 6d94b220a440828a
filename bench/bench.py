#!/usr/bin/env python3
"""Benchmarks of tcpclose-run: a table on standard output, and the same as JSON.

usage: bench.py --run ./tcpclose-run --suite scripts [--json FILE] [--only WORD,...] [--full]

With PACKETDRILL=/path in the environment, packetdrill is measured, too, where it can do the same. Both
run in network namespaces of their own. docs/benchmarks.txt says what is measured, and how.
"""
import argparse, ctypes, json, math, os, platform, shutil, signal, statistics, subprocess, sys
import tempfile, time

# In real time, these scripts would take minutes to weeks.
WITHOUT_TIMERS = "--select=!name(*/timers/*)"

CLONE_NEWNET, CLONE_NEWUSER, PR_SET_PDEATHSIG = 0x40000000, 0x10000000, 1

# ---- scripts ----

TWO_LINES = """0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0   close(3) = 0
"""

HANDSHAKE = """0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0   setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0   bind(3, ..., ...) = 0
+0   listen(3, 1) = 0
+0   < S 0:0(0) win 65535 <mss 1000>
+0   > S. 0:0(0) ack 1 <...>
+0   < . 1:1(0) ack 1 win 65535
+0   accept(3, ..., ...) = 4
"""

FOUR_SEGMENTS = HANDSHAKE + """+0   close(4) = 0
+0   > F. 1:1(0) ack 1
+0   < F. 1:1(0) ack 2 win 65535
+0   > . 2:2(0) ack 2
"""


def writes(events):
    """`events` more after a handshake, back to back: a write, its segment, the acknowledgment."""
    lines = [HANDSHAKE]
    for i in range(events // 3):
        at = 1 + 10 * i
        lines.append(f"+0 write(4, ..., 10) = 10\n+0 > P. {at}:{at + 10}(10) ack 1\n"
                     f"+0 < . 1:1(0) ack {at + 10} win 65535\n")
    return "".join(lines)


def acks(count, apart):
    """Segments that the kernel does not answer, each `apart` seconds after the one before."""
    return HANDSHAKE + f"+{apart} < . 1:1(0) ack 1 win 65535\n" * count


def looks(count):
    """Calls that do nothing, back to back."""
    return ("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n" +
            "+0 getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0\n" * count)


# ---- processes ----

def run(command, **more):
    """Wall seconds, peak kilobytes, status and processor seconds of one process, whose output goes nowhere."""
    null = os.open(os.devnull, os.O_RDWR)
    begun = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ,
                         file_actions=[(os.POSIX_SPAWN_DUP2, null, n) for n in (0, 1, 2)], **more)
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - begun
    os.close(null)
    return wall, usage.ru_maxrss, os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime


def run_many(command, times, apart=False):
    """That, a number of times; `apart`: in a network namespace made for them all."""
    read, write = os.pipe()
    worker = os.fork()
    if worker == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        flags = CLONE_NEWNET | (0 if os.getuid() == 0 else CLONE_NEWUSER)
        if apart and libc.unshare(flags) != 0:
            os._exit(1)
        os.write(write, json.dumps([run(command) for _ in range(times)]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as results:
        text = results.read()
    os.waitpid(worker, 0)
    return json.loads(text) if text else []


def report_of(command):
    """The objects of the run's JSON report, and its wall time."""
    begun = time.monotonic()
    done = subprocess.run(command + ["--format=json"], stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, errors="replace")
    wall = time.monotonic() - begun
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return [row for row in rows if "verdict" in row], wall


class Busy:
    """Other work on every CPU, for as long as the block lasts."""

    def __enter__(self):
        self.workers = []
        for _ in range(os.cpu_count()):
            pid = os.fork()
            if pid == 0:
                ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
                while True:
                    pass
            self.workers.append(pid)

    def __exit__(self, *_):
        for pid in self.workers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


# ---- results ----

class Results:
    def __init__(self):
        self.rows = []

    def add(self, name, values, unit, target=None, ratio_of=None, note=""):
        """The median of the values with the smallest and the greatest."""
        values = sorted(values)
        if not values:
            return None
        row = {"name": name, "median": statistics.median(values), "min": values[0],
               "max": values[-1], "n": len(values), "unit": unit}
        if target is not None:
            row["target"] = target
        if ratio_of:
            row["packetdrill"] = statistics.median(ratio_of)
            row["ratio"] = row["median"] / row["packetdrill"]
        if note:
            row["note"] = note
        self.rows.append(row)
        print(line_of(row), flush=True)
        return row["median"]


def number(value):
    if value == 0 or abs(value) >= 1000:
        return f"{value:.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def line_of(row):
    spread = f"{number(row['min'])} to {number(row['max'])}" if row["n"] > 1 else ""
    line = f"{row['name']:<47} {number(row['median']):>7} {row['unit']:<7} {spread:<18}"
    if "target" in row:
        line += f" at most {number(row['target'])}"
    if "ratio" in row:
        line += f" packetdrill {number(row['packetdrill'])}, ratio {row['ratio']:.2f}"
    if "note" in row:
        line += " " + row["note"]
    return line.rstrip()


# ---- the benchmarks ----

class Bench:
    def __init__(self, options, folder):
        self.run, self.suite, self.full = options.run, options.suite, options.full
        self.folder, self.results = folder, Results()
        self.packetdrill = os.environ.get("PACKETDRILL")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        return path

    def copies(self, name, text, count):
        first = self.write(f"{name}/0.pkt", text)
        for i in range(1, count):
            os.link(first, os.path.join(self.folder, name, f"{i}.pkt"))
        return os.path.dirname(first)

    def walls(self, command, times, apart=False, scale=1000):
        done = run_many(command, times, apart)
        bad = [status for _, _, status, _ in done if status]
        if bad or not done:
            print(f"warning: {' '.join(command)}: status {bad[:3]}", file=sys.stderr)
        return [wall * scale for wall, *_ in done]

    def peers(self, script, times, *options, scale=1000):
        """The same of packetdrill, when there is one."""
        if not self.packetdrill:
            return None
        return self.walls([self.packetdrill, *options, script], times, apart=True, scale=scale)

    def startup(self):
        for name, text in (("two lines", TWO_LINES), ("four segments", FOUR_SEGMENTS)):
            script = self.write(f"{name}.pkt", text)
            self.results.add(f"whole process, {name}", self.walls([self.run, script], 40), "ms",
                             ratio_of=self.peers(script, 8))

    def amortised(self):
        for name, text in (("two lines", TWO_LINES), ("four segments", FOUR_SEGMENTS)):
            folder = self.copies(f"200 of {name}", text, 200)
            for width in ("-j1", "full width"):
                command = [self.run, folder] + (["-j1"] if width == "-j1" else [])
                walls = self.walls(command, 5, scale=1000 / 200)
                self.results.add(f"one of 200 scripts, {name}, {width}", walls, "ms",
                                 target=3 if width == "full width" else None)

    def lateness_of(self, where, paths, target=None):
        rows, _ = report_of([self.run, *paths])
        rows = [row for row in rows if "late_p99" in row]
        for name, key in (("median", "late_median"), ("p99", "late_p99"), ("worst", "late_max")):
            self.results.add(f"lateness {where}, {name}", [row[key] * 1000 for row in rows], "ms",
                             target=target if key == "late_p99" else None)

    def lateness(self):
        script = acks(500, 0.002)
        one = self.write("acks.pkt", script)
        many = self.copies("acks", script, 16)
        self.lateness_of("alone", [one], target=0.3)
        self.lateness_of("at full width", [many])
        with Busy():
            self.lateness_of("alone, CPUs busy", [one])
            self.lateness_of("at full width, CPUs busy", [many])

    def events(self):
        count = 6000
        few, many = self.write("few.pkt", writes(0)), self.write("many.pkt", writes(count))
        per_event = lambda walls, base: [(wall - base) * 1000 / count for wall in walls]
        base = statistics.median(self.walls([self.run, few], 5))
        ours = per_event(self.walls([self.run, many], 9), base)
        theirs = None
        if self.packetdrill:
            base = statistics.median(self.peers(few, 3))
            theirs = per_event(self.peers(many, 5), base)
        median = self.results.add(f"one of {count} events back to back", ours, "us", ratio_of=theirs)
        self.results.add("events in a second", [1e6 / median], "")

    def parsing(self):
        costs = {}
        for events in (1000, 10000, 50000, 200000):
            script = self.write(f"{events}.pkt", writes(events))
            done = run_many([self.run, "--dry_run", script], 7 if events > 10000 else 15)
            walls, peak = [wall * 1000 for wall, *_ in done], [kb / 1024 for _, kb, *_ in done]
            theirs = memory = None
            if self.packetdrill:
                other = run_many([self.packetdrill, "--dry_run", script], 5, apart=True)
                theirs = [wall * 1000 for wall, *_ in other]
                memory = [kb / 1024 for _, kb, *_ in other]
            costs[events] = statistics.median(walls)
            last = events == 200000
            self.results.add(f"parsing {events} lines", walls, "ms", ratio_of=theirs,
                             target=440 if last else None)
            self.results.add(f"parsing {events} lines, peak memory", peak, "MB", ratio_of=memory,
                             target=98 if last else None)
        self.results.add("a line's cost, of 200000 against of 10000",
                         [costs[200000] / 20 / costs[10000]], "times", note="1 is linear")

    def stability(self):
        """What passes on an idle machine must not fail on a busy one; --full: the slow ones, too."""
        suite = [WITHOUT_TIMERS, self.suite]
        rows, _ = report_of([self.run, *suite])
        rows = [row for row in rows if row["verdict"] == "PASS"]
        quick = {row["name"]: row["path"] for row in rows if row["wall"] < 5}
        paths = sorted(set(quick.values()))
        if not paths:
            return
        longest = max(row["wall"] for row in rows if row["name"] in quick)
        walls = [report_of([self.run, *paths])[1] for _ in range(3)]
        self.results.add("the suite's quick part", walls, "s",
                         target=1.2 * longest + 0.003 * len(quick), note=f"{len(quick)} tests")
        rounds, names = 3, set(quick)
        if self.full:
            rounds, names, paths = 20, {row["name"] for row in rows}, suite
        failed, invalid = [], 0
        with Busy():
            for _ in range(rounds):
                rows, _ = report_of([self.run, *paths])
                rows = [row for row in rows if row["name"] in names]
                invalid += sum(row["verdict"] == "INVALID" for row in rows)
                failed += [row for row in rows if row["verdict"] not in ("PASS", "INVALID")]
        where = f"in {rounds} rounds, CPUs busy"
        self.results.add(f"false FAILs {where}", [len(failed)], "", target=0,
                         note=f"of {rounds * len(names)}")
        self.results.add(f"tests that stayed INVALID {where}", [invalid], "")
        for row in failed:
            print(f"  false {row['verdict']}: {row['name']}:{row.get('line', '?')}: "
                  f"{row.get('reason', '')} (at {row.get('at', 0)} s, "
                  f"up to {row.get('late_max', 0) * 1000:.1f} ms late)")

    def stacks(self):
        """What a line with a call costs on a stack, and the quick part of the suite there."""
        lwip = os.path.join(os.path.dirname(self.run), "stacks", "lwip.so")
        adapter = os.path.join(self.suite, "..", "stacks", "python", "adapter.py")
        cpu, wall, count = 3, 0, 6000
        subjects = [("the kernel, CPU", [], cpu, None)]
        if os.path.exists(lwip):
            subjects.append(("lwIP, CPU", ["--so_filename=" + lwip], cpu, 10))
        # A process of its own is nobody's child at its end, so that its time is not told.
        subjects.append(("the example in Python", [f"--stack=python3 '{adapter}'"], wall, None))
        one, many = self.write("look.pkt", looks(1)), self.write("looks.pkt", looks(count + 1))
        for name, option, kind, target in subjects:
            spent = []
            for _ in range(9):  # in pairs: other work on the machine meets both alike
                few, all_of_them = (run_many([self.run, "--ip_version=ipv4", *option, script], 1)[0]
                                    for script in (one, many))
                spent.append((all_of_them[kind] - few[kind]) * 1e6 / count)
            self.results.add(f"a line with a call on {name}", spent, "us", target=target)
        if not os.path.exists(lwip):
            return
        quick = ["--ip_version=ipv4", "--longest=3", WITHOUT_TIMERS, self.suite]
        walls = [(report_of([self.run, *quick])[1],
                  report_of([self.run, "--so_filename=" + lwip, *quick])[1]) for _ in range(3)]
        self.results.add("the suite's quick part, IPv4, the kernel", [wall[0] for wall in walls], "s")
        self.results.add("the suite's quick part, IPv4, lwIP", [wall[1] for wall in walls], "s")
        self.results.add("lwIP's time of the kernel's", [wall[1] / wall[0] for wall in walls], "times",
                         target=2)

    def leaks(self):
        """Memory and descriptors of the process that starts all, while it does; namespaces after."""
        count = 10000 if self.full else 2000
        folder = self.copies("many", TWO_LINES, count)
        before = namespaces()
        process = subprocess.Popen([self.run, folder], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples = []
        while process.poll() is None:
            sample = sample_of(process.pid)
            if sample:
                samples.append(sample)
            time.sleep(0.05)
        middle = samples[len(samples) // 4:-1] or samples
        early, late = middle[:len(middle) // 4 or 1], middle[-(len(middle) // 4 or 1):]
        for i, (name, unit) in enumerate((("memory", "kB"), ("descriptors", ""))):
            growth = statistics.median(s[i] for s in late) - statistics.median(s[i] for s in early)
            self.results.add(f"{count} scripts, {name} at most", [max(s[i] for s in samples)], unit)
            self.results.add(f"{count} scripts, {name} gained on the way", [growth], unit, target=0)
        self.results.add(f"{count} scripts, namespaces left", [wait_for_namespaces(before)], "",
                         target=0, note="of the whole machine")


def namespaces():
    """Network namespaces of the machine: by the kernel's own count where it may be read."""
    try:
        with open("/proc/slabinfo") as slabs:
            for line in slabs:
                if line.startswith("net_namespace "):
                    return int(line.split()[1])
    except OSError:
        pass
    found = set()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            found.add(os.readlink(f"/proc/{pid}/ns/net"))
        except OSError:
            pass
    return len(found)


def wait_for_namespaces(before):
    """The kernel takes them down in its own time."""
    for _ in range(60):
        if namespaces() <= before:
            break
        time.sleep(0.5)
    return max(0, namespaces() - before)


def sample_of(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            rss = [int(line.split()[1]) for line in status if line.startswith("VmRSS")]
        return (rss[0], len(os.listdir(f"/proc/{pid}/fd"))) if rss else None
    except OSError:
        return None


BENCHMARKS = ("startup", "amortised", "lateness", "events", "parsing", "stacks", "leaks", "stability")


def environment(options):
    version = subprocess.run([options.run, "--version"], capture_output=True, text=True).stdout
    with open("/proc/cpuinfo") as info:
        models = [line.split(":")[1].strip() for line in info if line.startswith("model name")]
    return {"tool": version.strip(), "kernel": platform.release(), "machine": platform.machine(),
            "cpus": os.cpu_count(), "cpu": models[0] if models else "", "python": platform.python_version(),
            "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
            "packetdrill": bool(os.environ.get("PACKETDRILL")),
            "load": round(os.getloadavg()[0], 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", required=True, help="the program")
    parser.add_argument("--suite", required=True, help="the folder of scripts for the stability")
    parser.add_argument("--json", help="write the results there, too")
    parser.add_argument("--only", default=",".join(BENCHMARKS), help=", ".join(BENCHMARKS))
    parser.add_argument("--full", action="store_true", help="20 rounds of all, 10,000 scripts: half an hour")
    options = parser.parse_args()
    options.run = os.path.abspath(options.run)
    unknown = set(options.only.split(",")) - set(BENCHMARKS)
    if unknown:
        parser.error("there is no benchmark " + ", ".join(sorted(unknown)))
    about = environment(options)
    print(", ".join(f"{name} {value}" for name, value in about.items()))
    folder = tempfile.mkdtemp(prefix="tcpclose-bench-")
    try:
        bench = Bench(options, folder)
        for name in options.only.split(","):
            getattr(bench, name)()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"environment": about, "results": bench.results.rows}, file, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
