"""Colours all scripts with a TextMate grammar, and checks that each kind of word has its own colour.

grammar.py GRAMMAR SCRIPT ...
"""
import json
import re
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    patterns = json.load(file)["patterns"]


def first_match(candidates, line, at):
    """The pattern that matches soonest, and of those at one place the first."""
    best = None
    for pattern in candidates:
        found = re.compile(pattern.get("match") or pattern["begin"]).search(line, at)
        if found and found.end() > found.start() and (not best or found.start() < best[1].start()):
            best = pattern, found
    return best


def colour(lines):
    """For each line a list with the name of each character's innermost pattern."""
    open_pattern = None
    for line in lines:
        names = [""] * len(line)
        at = 0
        while at < len(line) or (open_pattern and "$" in open_pattern["end"]):
            end = open_pattern and re.compile(open_pattern["end"]).search(line, at)
            inner = first_match(open_pattern.get("patterns", []) if open_pattern else patterns, line, at)
            if end and (not inner or end.start() <= inner[1].start()):
                names[at:end.end()] = [open_pattern["name"]] * (end.end() - at)
                open_pattern, at = None, end.end()
                continue
            if open_pattern:
                until = inner[1].start() if inner else len(line)
                names[at:until] = [open_pattern["name"]] * (until - at)
            if not inner:
                break
            pattern, found = inner
            names[found.start():found.end()] = [pattern["name"]] * (found.end() - found.start())
            if "begin" in pattern:
                open_pattern = pattern
            at = found.end()
        yield names


TIME = re.compile(r"\s*([-+]?[0-9.]+(~(\+?[0-9.]+)?|\.\.\.\+?[0-9.]+)?|\*)\s+")
CALL = re.compile(r"(?:\w+: )?(\w+)\([^)]")
ARROW = re.compile(r"(?:maybe )?([<>]) +([SFRPUEWAC.]+) [0-9]+:")
wrong = 0
events = 0
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    code = comment = False
    for number, (line, names) in enumerate(zip(lines, colour(lines)), 1):
        was = code or comment
        code = (code or "%{" in line) and "}%" not in line.split("%{")[-1]
        comment = (comment or "/*" in line) and "*/" not in line.split("/*")[-1]
        time = TIME.match(line)
        if was or not time:
            continue
        events += 1
        wanted = [(time.start(1), "constant.numeric.time")]
        arrow = ARROW.match(line, time.end())
        call = CALL.match(line, time.end())
        if arrow:
            wanted += [(arrow.start(1), "keyword.operator.direction"),
                       (arrow.start(2), "constant.other.flags")]
        elif call:
            wanted += [(call.start(1), "entity.name.function")]
        for at, name in wanted:
            if names[at] != name:
                wrong += 1
                print(f"{path}:{number}:{at + 1}: {names[at] or 'no colour'}, not {name}: {line}")
if events < 1000:
    print(f"only {events} events were looked at")
sys.exit(wrong > 0 or events < 1000)
