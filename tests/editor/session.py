"""An editor: opens scripts, asks, and checks the answers. session.py TCPCLOSE-RUN SOURCE TMP"""
import json
import os
import subprocess
import sys

run, source, tmp = sys.argv[1:]
mine = f"{tmp}/mine"
os.mkdir(mine)
with open(f"{mine}/ours.inc", "w", encoding="utf-8") as file:
    file.write("+0 close(WHICH) = -1 EBADF\n")
server = subprocess.Popen([run, "-I", mine, "-D", "WHICH=-1", "--lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
number = 0


def send(message):
    data = json.dumps(dict(message, jsonrpc="2.0")).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
    server.stdin.flush()


def receive():
    length = None
    while line := server.stdout.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(server.stdout.read(length))


def ask(method, **params):
    global number
    number += 1
    send({"id": number, "method": method, "params": params})
    answer = receive()
    assert answer["id"] == number, answer
    return answer.get("result", answer.get("error"))


def tell(method, **params):
    send({"method": method, "params": params})


def same(name, wanted, seen):
    print("ok" if wanted == seen else "not ok", name)
    if wanted != seen:
        print(f"  wanted {wanted!r}\n  seen   {seen!r}")


def shown(text, path="new.pkt"):
    """Opens a text: line, columns, severity and text of what is wrong with it."""
    global uri
    uri = f"file://{tmp}/{path}"
    tell("textDocument/didOpen", textDocument={"uri": uri, "text": text, "version": 1,
                                              "languageId": "packetdrill"})
    told = receive()
    assert told["params"]["uri"] == uri
    return [(d["range"]["start"]["line"], d["range"]["start"]["character"],
             d["range"]["end"]["character"], d["severity"], d["message"])
            for d in told["params"]["diagnostics"]]


def at(line, character):
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def labels(text):
    """What is offered where the text has a |."""
    line = text[:text.index("|")].count("\n")
    character = len(text[:text.index("|")].split("\n")[-1])
    shown(text.replace("|", "", 1))
    return {item["label"] for item in ask("textDocument/completion", **at(line, character))}


SOCKET = "+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"

same("a request that is not known is refused", -32601, ask("what/is/this")["code"])
capabilities = ask("initialize", capabilities={})["capabilities"]
same("the whole text is sent", 1, capabilities["textDocumentSync"]["change"])

same("nothing is wrong with a right script", [], shown(SOCKET + "+0 close(3) = 0\n"))
same("a call that there is not, and its hint",
     [(1, 3, 11, 1, "unknown system call 'shutdwon'\nhint: did you mean shutdown?")],
     shown(SOCKET + "+0 shutdwon(3, SHUT_WR) = 0\n"))
same("a syntax error does not hide another line's error", [0, 2],
     [place[0] for place in shown("+0 socket(\n" + SOCKET + "+0 clos(3) = 0\n")])
before = "/* \U0001d11e \u00e9 */ +0 close("
units = len(before.encode("utf-16-le")) // 2
same("columns are counted in UTF-16", [(1, units, units + 1)],
     [place[:3] for place in shown(SOCKET + before + "9) = 0\n")])
same("an error that only the second row of a table has is found", ["unknown constant 'FOO_BAR'"],
     [place[4].split("\n")[0] for place in shown(
         "cases  name  what\n       one   SHUT_WR\n       two   FOO_BAR\n\n" + SOCKET +
         "+0 shutdown(3, what) = 0\n")])
with open(os.path.join(tmp, "inner.pkt"), "w", encoding="utf-8") as file:
    file.write("\n+0 clos(1) = 0\n")
told = shown(SOCKET + 'include "inner.pkt"\n')
same("an error in an included file is told at the include", [1], [place[0] for place in told])
same("... with the place that it has there", True, "inner.pkt:2:4: unknown system call" in told[0][4])
same("an include is found", f"file://{tmp}/inner.pkt",
     ask("textDocument/definition", **at(1, 12))["uri"])
shown("include \"a b#%.inc\"\n")
with open(f"{tmp}/a b#%.inc", "w", encoding="utf-8") as file:
    file.write("+0 close(3) = 0\n")
same("its name is written as a URI wants it", f"file://{tmp}/a%20b%23%25.inc",
     ask("textDocument/definition", **at(0, 12))["uri"])
shown("include <server.inc>\n")
same("a recipe is found", f"file://{os.path.realpath(source)}/scripts/recipes/server.inc",
     ask("textDocument/definition", **at(0, 12))["uri"])
shown(SOCKET + 'include "inner.pkt"\n')
same("another word is no include", None, ask("textDocument/definition", **at(0, 5)))

shown("+0   close( -1 ) =-1   EBADF")
edits = ask("textDocument/formatting", textDocument={"uri": uri}, options={})
same("a script is laid out", [("+0   close( -1 ) = -1 EBADF\n", {"line": 0, "character": 0})],
     [(edit["newText"], edit["range"]["start"]) for edit in edits])
shown("+0   close( -1 ) = -1 EBADF\n")
same("... and then left alone", [],
     ask("textDocument/formatting", textDocument={"uri": uri}, options={}))
shown("+0   close(\n")
same("... and so is one that is wrong", [],
     ask("textDocument/formatting", textDocument={"uri": uri}, options={}))

same("calls are offered behind a time", True, {"shutdown", "state", "fork"} <= labels("+0 |"))
same("constants are offered in a call", True,
     "SHUT_WR" in labels(SOCKET + "+0 shutdown(3, SH|") and
     "shutdown" not in labels(SOCKET + "+0 shutdown(3, SH|"))
same("errnos are offered behind -1", True, "ECONNRESET" in labels(SOCKET + "+0 close(3) = -1 E|"))
same("states are offered behind =", True, "FIN_WAIT_1" in labels(SOCKET + "+0 state(3) = |"))
same("timers are offered behind timer", {"none", "retransmit", "keepalive", "timewait", "probe"},
     labels(SOCKET + "+0 state(3) = ESTABLISHED, timer |"))
same("TCP options are offered between < and >", True,
     "wscale" in labels("+0 < S 0:0(0) win 100 <mss 1460, |"))
same("words of a segment are offered before", True, "win" in labels("+0 < S 0:0(0) |"))
same("options are offered before the first event", True, "--tolerance_usecs" in labels("--tol|"))
same("directives are offered at the beginning of a line", True, "include" in labels("inc|"))
same("files are offered in an include", True, "inner.pkt" in labels('include "|'))
same("a folder of -I is looked into, and -D is known", [], shown("include <ours.inc>\n"))
same("... when an include is followed, too", f"file://{mine}/ours.inc",
     ask("textDocument/definition", **at(0, 12))["uri"])
same("... and its files are offered behind <", True, "ours.inc" in labels("include <|"))
same("recipes are offered behind <", True, "time-wait.inc" in labels("include <|"))
same("nothing is offered in a comment", set(), labels("+0 close(3) = 0 // cl|"))
same("nothing is offered in a string", set(), labels('+0 write(3, "cl|'))

shown(SOCKET + "+0 shutdown(3, SHUT_WR) = 0\n+0 state(3) = FIN_WAIT_1\n--mss=1000\n")


def hovered(line, character):
    answer = ask("textDocument/hover", **at(line, character))
    return answer and answer["contents"]["value"]


same("a call's arguments are told", True, "a descriptor" in hovered(1, 5))
same("a constant's number is told", True, "`SHUT_WR` is 1" in hovered(1, 17))
same("a state is told", True, "RFC 9293" in hovered(2, 16))
same("nothing is told of a number", None, hovered(1, 12))

tell("textDocument/didChange", textDocument={"uri": uri, "version": 2},
     contentChanges=[{"text": SOCKET}])
same("a change is looked at", [], receive()["params"]["diagnostics"])
tell("textDocument/didClose", textDocument={"uri": uri})
same("what was told is taken back when a text is closed", [], receive()["params"]["diagnostics"])

HALF = json.dumps({"jsonrpc": "2.0", "id": 1000, "method": "none"}).encode()
server.stdin.write(b"Content-Length: 3\r\n\r\n{x}")
server.stdin.flush()
same("what is no JSON is refused, and the next is read", -32700, receive()["error"]["code"])
server.stdin.write(b'content-length:%d\r\nContent-Type: x\r\n\r\n' % len(HALF) + HALF[:9])
server.stdin.flush()
server.stdin.write(HALF[9:])
server.stdin.flush()
same("a message comes in pieces, with other headers", -32601, receive()["error"]["code"])
same("the end is announced", None, ask("shutdown"))
same("after it there are no answers", -32600, ask("textDocument/hover", **at(0, 0))["code"])
tell("exit")
same("and comes with status 0", 0, server.wait(10))
early = subprocess.run([run, "--lsp"], stdin=subprocess.DEVNULL, check=False).returncode
same("an editor that goes without a word leaves status 1", 1, early)
for header in ("abc", "-3", "99999999999"):
    lost = subprocess.run([run, "--lsp"], input=f"Content-Length: {header}\r\n\r\n{{}}".encode(),
                          capture_output=True, check=False)
    same(f"a length of {header}", (1, True), (lost.returncode, b"no Content-Length that can be" in lost.stderr))
print("the editor is done")
