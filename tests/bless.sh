#!/bin/sh
# What the kernel does becomes what a script expects: --bless writes it, --bless=diff shows it, and what
# is not to be written so is refused with the reason. The line under each failure ("fix") is the same.
. "$top_srcdir/tests/tap.sh"
tap_begin

# refused NAME TEXT FILE [ARGUMENT...]: status 2, a message with the text, and the file is as it was.
refused() {
	name=$1 text=$2 file=$3
	shift 3
	[ ! -f "$file" ] || cp "$file" before
	"$run" --bless "$@" "$file" >out 2>&1
	status=$?
	if [ $status -ne 2 ] || ! grep -qF -- "$text" out; then
		not_ok "$name" "status $status: $(cat out)"
	elif [ -f "$file" ] && ! cmp -s "$file" before; then
		not_ok "$name" "it was written all the same: $(cat "$file")"
	else
		ok "$name"
	fi
}

set -- '+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' '+0    bind(3, ..., ...) = 0' \
	'+0    listen(3, 1) = 0' '+0    < S 0:0(0) win 65535 <mss 1460>' '+0    > S. 0:0(0) ack 1 <...>' \
	'+.01  < . 1:1(0) ack 1 win 65535' '+0    accept(3, ..., ...) = 4'
script wrong.pkt "$@" '+0    clsoe(4) = 0'
script bug.pkt 'known "it is lost"' "$@" '+0    close(4) = 0' '+0    > R. 1:1(0) ack 1'
script hangs.pkt "$@" '+0    read(4, ..., 100) = 100'
script missing.pkt 'requires no_such_thing' "$@"
script other.inc "$@" '+.1   close(4) = 0' '+0    > R. 1:1(0) ack 1'
script includes.pkt 'include "other.inc"' '+0    state = FIN_WAIT_1'
script quarrel.pkt 'cases  name  n' '       a     0' '       b     1' '' "$@" \
	'+.1   write(4, ..., n) = n' '+0    close(4) = 0' '+0    > F. *(0) ack 2'

refused 'a script that is wrong' 'it has errors: ' wrong.pkt
refused 'a script that is not there' 'No such file' nowhere.pkt
refused 'standard input' 'wants scripts that are files' -
refused 'a recording' 'contradict each other' bug.pkt --replay=x
refused 'two kernels' 'wants one kernel or stack' bug.pkt --kernel=running --kernel=running
"$run" --bless=twice wrong.pkt >out 2>&1
same 'another word' "2 1" "$? $(grep -c 'wants diff or nothing' out)"

# has NAME TEXT FILE: each line of the text stands in the file, in this order.
has() {
	name=$1 text=$2 file=$3
	printf '%s\n' "$text" >lines
	same "$name" "$text" "$(grep -nxFf lines "$file" | sed 's/^[0-9]*://')"
}

passes() {
	check "$1: it passes, three times" "$run" --repeat=3 "$2"
	check "$1: it is well laid out" "$run" --format_script=check "$2"
}

live() {
	refused 'a bug that is known' 'a known bug, and must not become an expectation: it is lost' bug.pkt
	refused 'a call that does not return' 'hangs.pkt:8: read has not returned' hangs.pkt
	refused 'an included file' "other.inc:9 would have to say '+0    > F. 1:1(0) ack 1'" includes.pkt
	cp other.inc before
	check 'an included file is not touched' cmp other.inc before

	script six.pkt '// Six mistakes.' '+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' \
		'+0    bind(3, ..., ...) = 0' '+0    listen(3, 1) = 0' '+0    < S 0:0(0) win 65535 <mss 1460>' \
		'+0    > S. 0:0(0) ack 1 <mss 1440>' '+.01  < . 1:1(0) ack 1 win 65535' \
		'+0    accept(3, ..., ...) = 4' '+.1   write(4, ..., 100) = 99' '+0    > . 1:101(100) ack 1  // a push' \
		'+.01  < . 1:1(0) ack 101 win 65535' '+.1   close(4) = 0' '*     > F. 102:102(0) ack 1' \
		'+0    state = FIN_WAIT_2' '+.01  < . 1:1(0) ack 102 win 65535' \
		'+.1   < F. 1:1(0) ack 102 win 65535' '+0    > . 102:102(0) ack 3'
	cp six.pkt before
	sed "s/\$/$(printf '\r')/" six.pkt >dos.pkt
	"$run" --bless dos.pkt >out 2>&1
	same 'lines that end as in DOS stay so, and new ones do' "0 $(wc -l <dos.pkt)" \
		"$? $(grep -c "$(printf '\r')\$" dos.pkt)"
	chmod 640 six.pkt
	"$run" --bless=diff six.pkt >diff 2>out
	same 'a diff says what would change' "0 6 8" "$? $(grep -c '^-[+*]' diff) $(grep -c '^+[+*/]' diff)"
	check 'a diff writes nothing' cmp six.pkt before
	"$run" --bless six.pkt >out 2>&1
	same 'six mistakes in one go' "0" "$?"
	patch -s before diff 2>/dev/null
	if command -v patch >/dev/null; then
		check 'the diff is what is written' cmp six.pkt before
	else
		skip 'the diff is what is written' 'there is no patch(1)'
	fi
	has 'times, columns and comments stay' '// Six mistakes.
+.1   write(4, ..., 100) = 100
+0    > P. 1:101(100) ack 1  // a push
*     > F. 101:101(0) ack 1
+0    state = FIN_WAIT_1' six.pkt
	check 'it says on which kernel' grep -q '^// Blessed on Linux [0-9]' six.pkt
	same 'the mode stays' "$(stat -c %a six.pkt)" 640
	passes 'six mistakes' six.pkt
	"$run" --bless six.pkt >out 2>&1
	same 'what passes stays as it is' "0 1" "$? $(grep -c 'passes as it is' out)"

	script lines.pkt "$@" '+.1   write(4, ..., 10) = 10' '+0    > P. 1:11(10) ack 1' '+.6   close(4) = 0' \
		'+0    > R. 11:11(0) ack 1' '+.01  < . 1:1(0) ack 12 win 65535'
	"$run" --bless lines.pkt >out 2>&1
	same 'retransmissions get lines, and what follows keeps its moment' "0 1" \
		"$? $(grep -c '^+\.[0-9]*~+\.[0-9]* *> P. 1:11(10) ack 1$' lines.pkt)"
	passes 'retransmissions' lines.pkt

	script out.pkt "$@" '+.1   close(4) = 0' '+0    > P. 1:11(10) ack 1' '+0    > F. 1:1(0) ack 1' \
		'+.01  < . 1:1(0) ack 2 win 65535' '+.01  > R 2:2(0)'
	"$run" --bless out.pkt >out 2>&1
	has 'what does not come becomes a comment' '// it did not come: +0    > P. 1:11(10) ack 1
// it did not come: +.01  > R 2:2(0)' out.pkt
	passes 'what does not come' out.pkt

	script early.pkt "$@" '+.1   write(4, ..., 10) = 10' '+.01  < . 1:1(0) ack 11 win 65535' \
		'+0    > P. 1:11(10) ack 1'
	"$run" early.pkt >out 2>&1
	check 'the fix of what comes earlier says where it belongs' \
		grep -q 'fix       +0    > P. 1:11(10) ack 1    (behind early.pkt:8)' out
	"$run" --bless early.pkt >out 2>&1
	has 'what comes earlier is moved' '+.1   write(4, ..., 10) = 10
+0    > P. 1:11(10) ack 1
+.01  < . 1:1(0) ack 11 win 65535
// it came earlier: +0    > P. 1:11(10) ack 1' early.pkt
	passes 'what comes earlier' early.pkt

	script all.pkt '--ip_version=all' '' '+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' \
		'+0    bind(3, ..., ...) = 0' '+0    listen(3, 1) = 0' '+0    < S 0:0(0) win 65535 <mss 1460>' \
		'+.01  < . 1:1(0) ack 1 win 65535' '+0    accept(3, ..., ...) = 4' \
		'+.1   < F. 1:1(0) ack 1 win 65535' '+.1   read(4, ..., 10) = 1' \
		'+0    poll([{fd=4, events=POLLIN}], 1, 0) = 0' '+0    close(4) = -1 EBADF' \
		'+.1   < R 2:2(0) win 0' '+0    write(4, ..., 1) = 1'
	"$run" --bless all.pkt >out 2>&1
	has 'a stimulus becomes a script, one for all families' '+0    > S. 0:0(0) ack 1 <mss *>
+0    close(4) = 0
+0    write(4, ..., 1) = -1 EBADF (Bad file descriptor)' all.pkt
	check 'read says what it returned' grep -q 'read(4, ..., 10) = 0$' all.pkt
	check 'poll says what is there' grep -qF 'revents=POLLIN}], 1, 0) = 1' all.pkt
	passes 'a stimulus' all.pkt

	script cell.pkt 'cases  name  size  last' '       one   100   "> F. 101:101(0) ack 1"' \
		'       two   200   "> F. 200:201(1) ack 1"' '' "$@" '+.1   write(4, ..., size) = size' \
		'+0    > P. *(*) ack 1' '+.01  < . 1:1(0) ack * win 65535' '+.01  close(4) = 0' '+0    last'
	"$run" cell.pkt >out 2>&1
	check 'the fix of a row is in the row' grep -q 'two   200   "> F. 201:201(0) ack 1"  *(cell.pkt:3)' out
	"$run" --bless cell.pkt >out 2>&1
	has 'a cell of the table' '       one   100   "> F. 101:101(0) ack 1"
       two   200   "> F. 201:201(0) ack 1"' cell.pkt
	refused 'rows that want different things' 'no single line is right for all' quarrel.pkt

	# The script itself is the other hand, so that it comes between reading and writing on any machine.
	script moved.pkt "$@" '+0    `echo "// another hand" >>moved.pkt`' '+.1   close(4) = 0' '+0    > R. 1:1(0) ack 1'
	"$run" --bless moved.pkt >out 2>&1
	same 'a script that was changed meanwhile' "2 1 1 yes" "$? $(grep -c 'changed in the meantime' out) $(
		grep -c 'R. 1:1(0)' moved.pkt) $(grep -qx '// another hand' moved.pkt && echo yes)"

	shown 'the fix of a segment' '> R. 1:1(0) ack 1' '+.1   close(4) = 0' '+0    > R. 1:1(0) ack 1' \
		'fix       +0    > F. 1:1(0) ack 1'
	shown 'the fix of a time' '+.3' '+.1   close(4) = 0' '+.3   > F. 1:1(0) ack 1' \
		'fix       +0   > F. 1:1(0) ack 1'
	shown 'the fix of what nothing expects' 'close' '+.1   close(4) = 0' '' \
		'fix       +0    > F. 1:1(0) ack 1    (behind f.pkt:8)'
	shown 'the fix of what does not come' '> . 1' '+.1   silence' '+0    > . 1:1(0) ack 9' \
		'fix       // it did not come: +0    > . 1:1(0) ack 9'
	shown 'the fix of a result' 'read' '+.1   shutdown(4, SHUT_WR) = -1 EPIPE' '' \
		'fix       +.1   shutdown(4, SHUT_WR) = 0'
	shown 'the fix of an error' 'bind' '+0    bind(3, ..., ...) = 0' '' \
		'fix       +0    bind(3, ..., ...) = -1 EINVAL (Invalid argument)'
	shown 'the fix of a state' 'state' '+.1   state = CLOSED, rqueue 5' '' \
		'fix       +.1   state = ESTABLISHED, rqueue 0'
	shown 'the fix of a counter' 'counter' '+.1   counter(TCPTimeouts) = 1~3' '' \
		'fix       +.1   counter(TCPTimeouts) = 0~3'
	shown 'the fix of an option' 'SO_ERROR' '+.1   getsockopt(4, SOL_SOCKET, SO_ERROR, [104], [4]) = 0' '' \
		'fix       +.1   getsockopt(4, SOL_SOCKET, SO_ERROR, [0], [4]) = 0'
	shown 'the fix of a constant' 'TCP_INFO' \
		'+.1   getsockopt(4, IPPROTO_TCP, TCP_INFO, {tcpi_state=TCP_CLOSE}, ...) = 0' '' \
		'fix       +.1   getsockopt(4, IPPROTO_TCP, TCP_INFO, {tcpi_state=TCP_ESTABLISHED}, ...) = 0'
	shown_not 'no fix where none is honest' '+.1   read(4, ..., 100) = 100'
	"$run" --format=json f.pkt 2>/dev/null >f.json
	"$run" --format=json six.pkt >/dev/null 2>&1
	script f.pkt "$@" '+.1   close(4) = 0' '+0    > R. 1:1(0) ack 1'
	"$run" --format=json f.pkt 2>/dev/null >f.json
	check 'the fix in JSON' grep -qF '"fix":"+0    > F. 1:1(0) ack 1"' f.json
	"$run" --report=f.xml --report=f.html f.pkt >/dev/null 2>&1
	check 'the fix in JUnit' grep -qF 'fix       +0    &gt; F. 1:1(0) ack 1' f.xml
	check 'the fix in HTML' grep -qF '+0    &gt; F. 1:1(0) ack 1' f.html
}

# shown NAME WORD LINE LINE FIX: the report of a script that ends with these lines has the fix.
shown() {
	name=$1 fix=$5
	script f.pkt "$start" "$3" "$4"
	"$run" f.pkt >out 2>&1
	if grep -qxF "  $fix" out; then
		ok "$name"
	else
		not_ok "$name" "$(cat out)"
	fi
}
shown_not() {
	script f.pkt "$start" "$2"
	"$run" f.pkt >out 2>&1
	same "$1" "1 0" "$? $(grep -c '^  fix' out)"
}
start=$(printf '%s\n' "$@")

# mutants COUNT SEED: expectations of shipped scripts, one changed in each, become what the kernel does.
mutants() {
	python3 - "$1" "$2" <<'END'
import os, random, re, subprocess, sys
sys.path.insert(0, os.environ["TESTS"])
import mutants
count, seed = map(int, sys.argv[1:])
root, run, choose = os.environ["SCRIPTS"], os.environ["RUN"], random.Random(seed)
paths = sorted(os.path.join(folder, name) for folder, _, names in os.walk(root)
               for name in names if name.endswith(".pkt"))
choose.shuffle(paths)
for path in paths:
    text = open(path).read()
    # What takes long, what is a known bug, what needs a program or has a TCP at each end, what names what it saw.
    if not count or re.search(r"^(known|requires|tag slow)|run\(|--real_peer|TS val|^\+?\d*[1-9]\d*[ .~]|^\+?\.[5-9]", text, re.M):
        continue
    every = [m for m in mutants.mutants(path, text) if m.kind and m.kind not in ("deleted", "option", "byte")]
    if not every:
        continue
    mutant = choose.choice(every)
    count -= 1
    beside = os.path.join("scripts", os.path.relpath(path, root))
    open(beside, "w").write(mutant.text)
    if subprocess.run([run, beside], capture_output=True).returncode == 77:
        continue
    said = subprocess.run([run, "--bless", beside], capture_output=True, text=True)
    again = subprocess.run([run, beside], capture_output=True, text=True)
    if said.returncode or again.returncode:
        print(f"{beside}:{mutant.line}: {mutant.event.strip()} -> {mutant.change}\n{said.stderr}{again.stdout}")
END
}

"$run" "$scripts/active-close/four-segments.pkt" >out 2>&1
if grep -q '^PASS' out; then
	live "$@"
	cp -r "$scripts" scripts && chmod -R u+w scripts
	RUN=$run SCRIPTS=$scripts TESTS=$source/tests
	export RUN SCRIPTS TESTS
	if command -v python3 >/dev/null; then
		none 'a wrong expectation becomes a right one' \
			"$(mutants "${BLESS_MUTANTS:-8}" "${BLESS_SEED:-1}" 2>&1)"
	else
		skip 'a wrong expectation becomes a right one' 'there is no python3'
	fi
else
	skip 'what a kernel does' "no script can be played here: $(sed -n '/SKIP/p' out | head -n 1)"
fi
none 'nothing is left beside the files' "$(ls | grep '\.pkt\.')"
tap_end
