#!/bin/sh
# The runner with tests that are played: further tries, known bugs, crashes, what is kept of a failure, how
# a run is ended, and what every report says. Where no namespace can be made, the cases are skipped.
. "$top_srcdir/tests/tap.sh"
tap_begin
LC_ALL=C.UTF-8
export LC_ALL

open='+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3'
script pass.pkt 'covers A-1' "$open"
script fail.pkt 'covers A-1 A-2' "$open" '+0 close(3) = -1 EBADF (Bad file descriptor)'
script skip.pkt 'requires kernel >= 99' "$open"
script flaky.pkt "+0 \`test -e '$tmp/seen' || { >'$tmp/seen'; exit 1; }\`"
script crash.pkt '+0 `kill -KILL $PPID`'
script sleep.pkt '+0 `sleep 77`'
script long.pkt '+70 `true`'
script both.pkt '--ip_version=ipv4,ipv6' "$open"

"$run" pass.pkt >out 2>&1
case $? in
0) ;;
77) skip 'all of it' "$(tail -n 2 out)"; tap_end ;;
*) not_ok 'a test that passes' "$(cat out)"; tap_end ;;
esac

# status NAME WANTED ARGUMENT...: leaves what was printed in ./out.
status() {
	name=$1 wanted=$2
	shift 2
	"$run" "$@" >out 2>&1
	seen=$?
	if [ "$seen" = "$wanted" ]; then
		ok "$name"
	else
		not_ok "$name" "$(echo "wanted status $wanted, seen $seen"; cat out)"
	fi
}

# has NAME PATTERN [FILE]; hasnt
has() {
	if grep -Eq -- "$2" "${3-out}"; then
		ok "$1"
	else
		not_ok "$1" "$(echo "no line has '$2'"; cat "${3-out}")"
	fi
}
hasnt() {
	none "$1" "$(grep -E -- "$2" "${3-out}")"
}

# ---- verdicts and statuses ----

status 'a failure is 1' 1 pass.pkt fail.pkt skip.pkt
has 'it is told in a line' '^FAIL +fail.pkt ipv4 .*close returned 0'
has 'and explained' '^fail.pkt:3:15: FAIL \(ipv4\): close'
has 'what is missing is a reason to skip' '^SKIP +skip.pkt ipv4 .*needs kernel >= 99, but this is [0-9]'
has 'the totals' '^1 passed, 1 failed, 1 skipped in '
has 'the kernel is named' "^kernel +Linux $(uname -r | sed 's/[+]/[+]/g') "
has 'the machine is named' "^machine .*$(uname -m)"
has 'the tick is named' '^HZ +[0-9]+$'
has 'the sysctls are named' '^sysctls +[a-z]'
has 'the tool is named' '^tool +tcpclose [0-9]'
status 'nothing but skips is 77' 77 skip.pkt
status 'a crash is 125' 125 crash.pkt pass.pkt
has 'a crash is told as one' '^DIED +crash.pkt ipv4 .*killed by signal 9'
status 'a test that takes too long is 125' 125 --timeout 0.5 --no-realtime sleep.pkt
has 'and told as that' 'INVALID .*took too long'
has 'before a quarter of a minute is over' ' in [0-9][.][0-9] s$'
for who in '' 'child: '; do
	script blocks.pkt "$open" '+0 bind(3, ..., ...) = 0' '+0 listen(3, 1) = 0' '+0 fork() = child' \
		"+0 ${who}accept(3, ..., ...) = 4"
	status "one that sits in a call has failed $who" 1 --timeout 0.5 blocks.pkt
	has 'which is told' '^blocks.pkt:5:[0-9]*: FAIL .*accept returned -1 EINTR'
	has 'with how it is written' 'accept had blocked for 0[.][5-9] s .* as in [+]0[.][.][.]1 accept'
done
script nothing.pkt "$open" '+0 bind(3, ..., ...) = 0' '+0 listen(3, 1) = 0' '+0 < S 0:0(0) win 1000 <mss 1000>' \
	'+0 > S. 0:0(0) ack 1 <...>' '+.01 < . 1:1(0) ack 1 win 1000' '+0 accept(3, ..., ...) = 4' \
	'+0 recv(4, ..., 0, 0) = 0' '+0 close(4) = 0'
status 'one that asks for no bytes, and gets them when it is stopped, is 125' 125 --timeout 0.5 nothing.pkt
has 'which is told' '^nothing.pkt:8:4: INVALID .*took too long'
has 'with the call' 'recv had blocked for 0[.][5-9] s .* as in [+]0[.][.][.]1 recv'
status 'git bisect run: bad' 1 --bisect fail.pkt
status 'git bisect run: cannot be tested' 125 --bisect skip.pkt
script background.pkt "+0 \`sh -c 'echo \$\$ >\"$tmp/left\"; exec sleep 78' &\`" '+.1 `true`'
status 'what a script leaves running' 0 background.pkt
sleep 0.2
# Who takes in its remains may take his time.
none 'ends with it' "$(tr '\0' ' ' 2>/dev/null <"/proc/$(cat left)/cmdline")"

seq 3 40 | sed 's/.*/+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = &/' >many.pkt
(ulimit -Sn 30; "$run" many.pkt >out 2>&1)
same 'a soft limit of descriptors is none' 0 $?
(ulimit -n 30; "$run" many.pkt >out 2>&1)
same "a hard one is not the kernel's fault" 125 $?
has 'and told' '^many.pkt:[0-9]*:4: INVALID .*no descriptor was left for socket: .*[(]see ulimit -n[)]'
printf '%s\n' '0 `prlimit --pid $PPID --nofile=5:`' '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = -1 EMFILE' >few.pkt
if command -v prlimit >/dev/null; then
	status 'a script can look for the limit itself' 0 few.pkt
else
	skip 'a script can look for the limit itself' 'there is no prlimit(1)'
fi

script sysctl.pkt 'sysctl net.ipv4.tcp_sack = 0' 'sysctl net.ipv4.tcp_fin_timeout = abc' "$open"
status 'a sysctl that the kernel refuses' 125 sysctl.pkt
has 'is told with its place, name and reason' \
	'^sysctl.pkt:2:8: INVALID .*sysctl net.ipv4.tcp_fin_timeout = abc: Invalid argument'

# The first process of a PID namespace that has made no session: its group is 0, seen from there.
if unshare -rpf true 2>out; then
	unshare -rpf "$run" background.pkt >out 2>&1
	same 'a test whose parent has no process group does not kill itself' '0: ' "$?: $(grep -v ' passed\|^PASS' out)"
else
	skip 'a test whose parent has no process group does not kill itself' "$(cat out)"
fi

# ---- the command that runs it again ----

# again NAME WANTED ARGUMENT...
again() {
	name=$1 wanted=$2
	shift 2
	same "$name" "tcpclose-run $wanted" "$("$run" "$@" 2>&1 | sed -n 's/^ *again  *//p')"
}
printf '%s\n' 'cases  name fd' '       one 3' "$open" '+0 close(fd) = -1 EBADF' >rows.pkt
cp fail.pkt ./-dash.pkt
touch known
again 'what changes the outcome is in it' \
	"--no_realtime --timeout=9 --define='A=it'\\''s \"here\"' --known=known --tolerance_usecs=9000 --ip_version=ipv6 fail.pkt" \
	--no_realtime --timeout 9 -D "A=it's \"here\"" -j2 --known=known --tolerance-usecs=9000 \
	--ip_version=ipv6 fail.pkt
again 'a row of a table' "--ip_version=ipv4 --case=one rows.pkt" rows.pkt
again 'a script whose name begins with a dash' '--ip_version=ipv4 -- -dash.pkt' -- -dash.pkt
seen=$("$run" --no_realtime --timeout 9 -D "A=it's \"here\"" fail.pkt 2>&1 | sed -n 's/^ *again  *tcpclose-run//p')
check 'and it is one a shell can read' sh -c "'$run' $seen | grep -q 'fail.pkt:3:15: FAIL'"

script over.pkt "$open" '+0 fork() = child' '+0 child: exit(0)' '+0 child: close(3) = 0'
status 'a call of a process that has ended' 125 over.pkt
has 'is told as one' '^over.pkt:4:4: INVALID .*the process has ended, so it makes no more calls'
script busy.pkt "$open" '+0 bind(3, ..., ...) = 0' '+0 listen(3, 1) = 0' '+0 fork() = child' \
	'+0...1 child: accept(3, ..., ...) = 4' '+0 child: close(3) = 0'
status 'a second call of a process that sits in one' 125 busy.pkt
has 'is told as that' '^busy.pkt:6:4: INVALID .*still in another call'

# ---- what the machine may be to blame for ----

# answer FILE SECONDS: expects an answer so much later than it comes.
answer() {
	script "$1" "$open" '+0 bind(3, ..., ...) = 0' '+0 listen(3, 1) = 0' \
		'+0 < S 0:0(0) win 1000 <mss 1000>' "+$2 > S. 0:0(0) ack 1 <...>"
}
# Linux delays an acknowledgment by 40 ms, and up to a tick more.
script tick.pkt "$open" '+0 bind(3, ..., ...) = 0' '+0 listen(3, 1) = 0' \
	'+0 < S 0:0(0) win 1000 <mss 1000>' '+0 > S. 0:0(0) ack 1 <...>' '+.01 < . 1:1(0) ack 1 win 1000' \
	'+0 accept(3, ..., ...) = 4' '+0 setsockopt(4, SOL_TCP, TCP_QUICKACK, [0], 4) = 0' \
	'+.01 < P. 1:101(100) ack 1 win 1000' '+.0355 > . 1:1(0) ack 101'
# On a machine that was slow at that very moment it is off by more.
for attempt in 1 2 3 4 5; do
	"$run" tick.pkt >out 2>&1
	! grep -q '^ *tries  *9' out || break
done
has 'a time that is off by a tick is looked at nine times' '^ *tries *9'
answer early.pkt .008
"$run" early.pkt >out 2>&1
hasnt 'one that is too early, with nothing late before it, is not' '^ *tries'
answer second.pkt 1
status 'one that is off by more than the machine can be is not' 1 second.pkt
hasnt 'and is tried once' '^ *tries'

# ---- trying again ----

rm -f seen
status 'without a retry it fails' 1 flaky.pkt
rm -f seen
status 'with one it passes' 0 --retries 1 --artifacts kept --report r.tap --report r.xml --report r.json flaky.pkt
has 'and is flaky' '^FLAKY flaky.pkt ipv4 .*passed on try 2, after FAIL: the command ended'
has 'flaky in the totals' '1 passed \(1 flaky\), 0 failed'
has 'flaky in KTAP' '^    ok 1 ipv4 # flaky: passed on try 2' r.tap
has 'flaky in JUnit' '<flakyFailure type="FAIL" message="FAIL: the command' r.xml
has 'flaky in JSON' '"tries":2,"flaky":true,"before":"FAIL: the command' r.json
check 'what the first try left is kept' test -s kept/flaky.pkt.ipv4.try1/wire.pcap
check 'what the second left is not' test ! -e kept/flaky.pkt.ipv4
status 'a failure stays one' 1 --retries 2 fail.pkt
has 'after all tries' 'tries +3, the one before was FAIL'
status 'repeated' 0 --repeat 3 pass.pkt
has 'each is counted' '^PASS +pass.pkt ipv4 #3'

# ---- known bugs ----

known() {
	printf 'known "the reason" %s\n' "$1" >known-$2
	cat $2 >>known-$2
}
known 'commit 1a2b3c' fail.pkt
status 'a known bug' 0 --report r.tap --report r.xml --artifacts none known-fail.pkt
same 'leaves nothing' '' "$(ls none)"
status 'unless that is asked for' 0 --artifacts some --artifacts_known known-fail.pkt
check 'then it does' test -s some/known-fail.pkt.ipv4/rerun.sh
status 'a known bug' 0 --report r.tap --report r.xml known-fail.pkt
has 'is an expected failure' '^XFAIL +known-fail.pkt ipv4 .*the reason \(1a2b3c\)'
has 'in KTAP' '^    ok 1 ipv4 # XFAIL the reason' r.tap
has 'in JUnit' '<skipped type="XFAIL" message="the reason' r.xml
known 'kernel < 2.6' fail.pkt
status 'a bug of other kernels is none' 1 known-fail.pkt
known 'kernel >= 2.6 family ipv6' fail.pkt
status 'a bug of other families is none' 1 known-fail.pkt
known 'kernel >= 2.6 kernel < 99' pass.pkt
status 'a bug that is gone' 1 --artifacts gone known-pass.pkt
has 'is noticed' '^XPASS known-pass.pkt ipv4 .*although a bug is known: the reason'
has 'and explained' '^known-pass.pkt: XPASS \(ipv4\): passed, although a bug is known: the reason' \
	gone/known-pass.pkt.ipv4/transcript.txt
same 'with all that is kept' 'counters.txt recording.rec rerun.sh script sockets.txt transcript.txt wire.pcap' \
	"$(ls gone/known-pass.pkt.ipv4 | sort | tr '\n' ' ' | sed 's/ $//')"
known 'sometimes link https://example.org/1' pass.pkt
status 'a bug that comes and goes' 0 --artifacts went known-pass.pkt
same 'is not kept when it went' '' "$(ls went)"
echo 'fai*ipv4 "from a file" # not a comment' >bugs
status 'a file of bugs is read to the end of its lines' 2 --known bugs fail.pkt
printf '# bugs\n\nfai*ipv4  "from a file" kernel > 2\n' >bugs
status 'a file of bugs' 0 --known bugs fail.pkt
has 'explains a failure' '^XFAIL .*from a file'

# ---- two kernels ----

script same.pkt "$open"
status 'two kernels that do the same' 0 --kernel running --kernel running same.pkt
has 'which is told' '^0 of 1 test differ'
has 'with what they are' '^A is Linux [^ ]*, and B is Linux '
script later.pkt '+0 `mkdir once 2>/dev/null || sleep 0.3`' "$open"
status 'two that differ, and pass' 1 -j1 --no_realtime --kernel running --kernel running later.pkt same.pkt
has 'in the time' '^later.pkt ipv4: another time'
has 'of one' '^1 of 2 tests differs: 1 in the time'
has 'while all passed' '^4 passed, 0 failed'
rm -r once
status 'is bad for git bisect run' 1 -j1 --no_realtime --bisect --kernel running --kernel running later.pkt
script stops.pkt '+0 `mkdir twice 2>/dev/null || sleep 9`' "$open"
status 'one that is INVALID tells no difference' 125 -j1 --timeout 0.5 --kernel running --kernel running stops.pkt
has 'for the status' '^1 of 1 test differs: 1 in the verdict'

# ---- why the kernel dropped a segment, or sent a RST ----

script dropped.pkt '--ip_version=ipv4' "$open" '+0 bind(3, ..., ...) = 0' '+0 listen(3, 1) = 0' \
	'+0 < SF 0:0(0) win 1000' '+0 > S. 0:0(0) ack 1 <...>'
script reset.pkt '--ip_version=ipv6' '+0 < S 0:0(0) win 1000' '+0 > S. 0:0(0) ack 1 <...>'
drop='kernel +FS 0:0\(0\) win 1000 at 0[.0-9]+ s was dropped: TCP_FLAGS, in tcp_rcv_state_process$'
status 'reasons, always' 1 --reasons=always dropped.pkt
case $(uname -r) in
[1-5].* | 6.[0-9].*) untold="Linux $(uname -r) has not all of them" ;;
*) untold=$(sed -n 's/^ *kernel *does not say why: //p' out) ;;
esac
if [ -n "$untold" ]; then
	skip "the kernel's reasons" "$untold"
else
	has 'of a segment that was dropped' "$drop"
	status 'reasons, when it is played again' 1 --report r.json dropped.pkt
	has 'are the same' "$drop"
	has 'and in JSON' '"kernel":\["FS 0:0\(0\) .* was dropped: TCP_FLAGS' r.json
	hasnt 'the second look is no try' 'tries  '
	status 'reasons, of a RST' 1 reset.pkt
	has 'it says whose segment it was' 'kernel +S 0:0\(0\) .* was dropped: NO_SOCKET, in tcp_v6_rcv$'
	status 'reasons, kept in a recording' 1 --reasons=always --record x.rec dropped.pkt
	"$run" --replay x.rec dropped.pkt >out 2>&1
	has 'and told again' "$drop"
	status 'artifacts and a second look' 1 --artifacts looked dropped.pkt
	has 'in the transcript, too' "$drop" looked/dropped.pkt.ipv4/transcript.txt
fi
status 'reasons, never' 1 --reasons=never dropped.pkt
hasnt 'nobody asks' 'was dropped'

# ---- what is kept ----

status 'with artifacts' 1 --artifacts deep/kept pass.pkt fail.pkt
kept=deep/kept/fail.pkt.ipv4
same 'of a failure' 'counters.txt recording.rec rerun.sh script sockets.txt transcript.txt wire.pcap' \
	"$(ls $kept | sort | tr '\n' ' ' | sed 's/ $//')"
same 'and of nothing else' fail.pkt.ipv4 "$(ls deep/kept)"
has 'the transcript' 'FAIL \(ipv4\)' $kept/transcript.txt
has 'where it is' "kept in +$tmp/$kept"
same 'the pcap has its magic' 'd4c3b2a1' "$(od -An -tx1 -N4 $kept/wire.pcap | tr -d ' \n' |
	sed 's/4d3cb2a1/d4c3b2a1/; s/a1b2c3d4/d4c3b2a1/; s/a1b23c4d/d4c3b2a1/')"
check 'and it runs again' sh -c "cd / && '$tmp/$kept/rerun.sh' | grep -q '^script/fail.pkt:3:15: FAIL'"
check 'from its recording, too' sh -c "cd / && '$tmp/$kept/rerun.sh' --replay=recording.rec |
	grep -q '^script/fail.pkt:3:15: FAIL'"

# At home: another place, and another program.
mkdir -p suite/sub home
script suite/open.inc "$open"
script 'suite/sub/a:b?.pkt' 'include "../open.inc"' '+0 close(3) = -1 EBADF (Bad file descriptor)'
status 'a name that others refuse' 1 --artifacts away --define X=1 'suite/sub/a:b?.pkt'
none 'is none of a folder or file' "$(find away | grep '[]":<>|*?\\]')"
mv away/* home/it
rm -r suite
printf '#!/bin/sh\necho "$@" >"%s/said"\nexec "%s" "$@"\n' "$tmp" "$run" >home/ours
chmod +x home/ours
TCPCLOSE_RUN=$tmp/home/ours home/it/rerun.sh >out 2>&1
same 'it runs elsewhere, with what it includes' '1 FAIL' "$? $(grep -o FAIL out | sed 1q)"
same 'by the program that a variable names' "--define=X=1 --ip_version=ipv4" "$(sed 's/ script.*//' said)"
mkdir path
ln -s "$tmp/home/ours" path/tcpclose-run
rm said
PATH=$tmp/path:$PATH home/it/rerun.sh >out 2>&1
check 'or by that of PATH' test -s said

# ---- once, and apart ----

script alike.pkt '--ip_version=ipv4,ipv6' "$open" '+0 close(3) = -1 EBADF (Bad file descriptor)'
status 'a failure in two families' 1 alike.pkt fail.pkt
same 'is explained once' 1 "$(grep -c '^alike.pkt:3:15: FAIL' out)"
has 'with the other family' '^  the same in ipv6$'
status 'a failure with its events' 1 -v --retries 1 fail.pkt
same 'has its tries apart' '1 fail.pkt ipv4, try 2 1' \
	"$(sed -n 's/^ *[0-9.]*   \(close\)(3).*/1/p; s/^\(fail.pkt ipv4, try 2\)$/\1/p' out | sed 3q | tr '\n' ' ' | sed 's/ $//')"

# ---- what programs print ----

script prints.pkt "$open" '+0 `echo to the one; echo "<to> the other" >&2`' \
	'+0 close(3) = -1 EBADF (Bad file descriptor)'
"$run" --artifacts=told --report=r.json --report=r.html --report=r.tap prints.pkt >out 2>err
same 'what commands print comes out' 'to the one,<to> the other' "$(grep '^to the one' out | sort -u),$(grep '^<to> the other' err | sort -u)"
has 'stands in the explanation' '^  printed   to the one$'
has 'with all its lines' '^            <to> the other$'
has 'in JSON' '"printed":"to the one.u000a<to> the other"' r.json
has 'in the page' '&lt;to&gt; the other' r.html
has 'in KTAP' '^    #   printed   to the one' r.tap
same 'and is kept' 'to the one,<to> the other' "$(paste -sd, told/prints.pkt.ipv4/printed.txt)"

# ---- beside an earlier run ----

mkdir -p old/sub new/sub
for folder_of in old new; do
	for name in same sub/mended sub/broken worse; do
		script $folder_of/$name.pkt "$open"
	done
done
for name in old/sub/mended old/worse new/same new/worse new/sub/broken; do
	script $name.pkt "$open" '+0 close(3) = -1 EBADF (Bad file descriptor)'
done
script old/same.pkt "$open" '+0 close(3) = -1 EBADF (Bad file descriptor)'
script old/gone.pkt "$open"
script new/added.pkt "$open"
script new/added-bad.pkt "$open" '+0 close(3) = 7'
script new/worse.pkt "$open" '+0 close(3) = 0' '+0 close(3) = 0'
"$run" --output=old.json --format=json old >out 2>&1
if grep -q -- '--baseline needs' out || "$run" --baseline=old.json old 2>&1 | grep -q 'without libjansson'; then
	skip 'beside an earlier run' 'there was no libjansson'
else
	status 'all failures of an earlier run are not new' 0 --baseline=old.json old
	has 'they fail as before' '^beside old.json: 0 new failures, 0 gone, 0 other verdicts, 0 tests added, 0 removed, 3 fail as before'
	status 'new failures are' 1 --baseline=old.json new
	same 'what differs, in another folder' 'new failures:
  FAIL    new/added-bad.pkt ipv4  close returned 0, not 7
  FAIL    new/sub/broken.pkt ipv4  (was PASS)  close returned 0, not -1 EBADF (Bad file descriptor)
failures that are gone:
  PASS    new/sub/mended.pkt ipv4  (was FAIL)
other verdicts:
  FAIL    new/worse.pkt ipv4  (in line 3, not 2)  close returned -1 EBADF (Bad file descriptor), not 0
tests added:
  PASS    new/added.pkt ipv4
tests removed:
  PASS    old/gone.pkt ipv4' "$(sed -n '/^new failures:/,/^beside/p' out | sed '/^beside/d')"
	has 'in a line' '^beside old.json: 2 new failures, 1 gone, 1 other verdict, 1 test added, 1 removed, 1 fail as before'
	status 'a part of the tests removes none' 0 --baseline=old.json --filter=same new
	has 'and knows its own' '0 new failures, 0 gone, 0 other verdicts, 0 tests added, 0 removed, 1 fail as before'
	status 'a report for machines has it beside' 1 --baseline=old.json --format=json new
	"$run" --baseline=old.json --format=json new >stdout 2>/dev/null
	same 'and stays one' '' "$(grep -v '^{.*}$' stdout)"
	status 'a baseline that is none' 2 --baseline=old/same.pkt new
	has 'is refused' 'old/same.pkt: line 1 is not JSON'
fi

# ---- formats ----

# Every format of --help: what is wrong with a script, and what a run without tests leaves.
formats=$("$run" --help | sed -n '/^Formats/,/^$/s/^  *\([a-z]*\)  *\(\.[a-z]*\) .*/\1\2/p')
script wrong.pkt "$open" '+0 clsoe(3) = 0' '+0 close(4) = 0'
for format in $formats; do
	"$run" --output="wrong.${format#*.}" --format="${format%.*}" --artifacts=kept-wrong wrong.pkt >out 2>&1
	has "${format%.*}: an error of a script" "unknown system call 'clsoe'|unknown system call &apos;clsoe&apos;" \
		"wrong.${format#*.}"
	has "${format%.*}: its hint" "did you mean close" "wrong.${format#*.}"
	has "${format%.*}: another error" "descriptor 4 was never opened" "wrong.${format#*.}"
	rm -f nothing
	"$run" --filter=nothing-fits --output=nothing --format="${format%.*}" pass.pkt 2>&1
	check "${format%.*}: a run of nothing leaves a report" test -s nothing
	case $format in
	text*) has 'text: which says so' '^0 passed, 0 failed, 0 skipped' nothing ;;
	tap*) same 'tap: which says so' 'KTAP version 1 1..0' "$(grep -v '^#' nothing | tr '\n' ' ' | sed 's/ $//')" ;;
	junit*) has 'junit: which says so' '<testsuite name="tcpclose" tests="0" failures="0"' nothing ;;
	json*) same 'json: which says so' '{"run":{"tests":0, {"totals":{"tests":0,' \
		"$(sed 's/\("tests":0,\).*/\1/' nothing | tr '\n' ' ' | sed 's/ $//')" ;;
	html*) has 'html: which says so' '</html>' nothing ;;
	*) not_ok "$format: which says so" 'a new format has to be looked at here' ;;
	esac
done
has 'JSON has errors with their places' '"errors":\[[{]"text":"unknown system call .clsoe.","file":"wrong.pkt","line":2,"column":4,"hint":"did you mean close\?"[}],[{]"text":"descriptor 4 was never opened","file":"wrong.pkt","line":3' \
	wrong.json
same 'an error has a folder' 'rerun.sh script transcript.txt' \
	"$(ls kept-wrong/wrong.pkt.ipv4 | tr '\n' ' ' | sed 's/ $//')"

status 'all reports at once' 1 -j1 --report r.tap --report r.xml --report r.json --report r.txt \
	both.pkt fail.pkt skip.pkt
same 'KTAP has a subtest for each family' \
'KTAP version 1
1..3
    KTAP version 1
    1..2
    ok 1 ipv4
    ok 2 ipv6
ok 1 both.pkt
    KTAP version 1
    1..1
    not ok 1 ipv4
not ok 2 fail.pkt
    KTAP version 1
    1..1
    ok 1 ipv4 # SKIP needs
ok 3 skip.pkt # SKIP all of it' "$(sed '/^ *#/d; s/ # SKIP needs.*/ # SKIP needs/; s/\(not ok 1 ipv4\) # close .*/\1/' r.tap)"
has 'JUnit counts' '<testsuite name="tcpclose" tests="4" failures="1" errors="0" skipped="1" ' r.xml
has 'JUnit names the kernel' '<property name="kernel" value="Linux' r.xml
has 'JSON names the kernel' '^[{]"run":[{]"tests":4,.*"kernel":"Linux' r.json
has 'JSON has what is covered' '"covers":\["A-1","A-2"\]' r.json
has 'JSON has the totals' '^[{]"totals":[{]"tests":4,.*"PASS":2,"FAIL":1,.*"SKIP":1' r.json
if command -v python3 >/dev/null; then
	check 'JSON can be read' python3 -c 'import json; [json.loads(l) for l in open("r.json")]'
	check 'XML can be read' python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse("r.xml")'
fi

# ---- full disks ----

if [ -c /dev/full ]; then
	status 'a report that meets a full disk' 125 -o /dev/full --format tap pass.pkt
	has 'is told' 'cannot write the report to /dev/full: No space left'
	has 'and comes to standard output' '^ok 1 pass.pkt'
	"$run" pass.pkt >/dev/full 2>out
	same 'so is standard output' 125 $?
	has 'and the totals come to standard error' '^1 passed'
	status 'timings that meet a full disk' 125 --save_timings /nowhere/x pass.pkt
	has 'are told' '^1 passed'
else
	skip 'full disks' 'no /dev/full'
fi

# ---- timings, order, the end ----

status 'timings are saved' 0 --save_timings times both.pkt pass.pkt
same 'with names, in order' 'both.pkt ipv4,both.pkt ipv6,pass.pkt ipv4' \
	"$(sed 's/^[0-9.]* //' times | tr '\n' ',' | sed 's/,$//')"
status 'and read' 0 --timings times --save_timings times pass.pkt
same 'those of other tests stay' 3 "$(grep -c . times)"
cp fail.pkt wrong.pkt
status 'the first failure ends it' 1 -j2 --fail_fast long.pkt wrong.pkt pass.pkt
has 'with what is known' '0 passed, 1 failed, 0 skipped, 1 invalid, 1 not run \(stopped by --fail_fast\) in [0-9][.]'
"$run" -j1 --report r.tap --format text pass.pkt long.pkt fail.pkt >out 2>&1 &
pid=$!
sleep 1
kill -INT $pid
wait $pid
same 'SIGINT is 130' 130 $?
has 'what is known is told' '1 passed, 0 failed, 0 skipped, 1 invalid, 1 not run \(stopped by a signal\)'
has 'KTAP bails out' '^Bail out! stopped by a signal' r.tap
# The program that makes a terminal has the name of our function.
if command script -qec true /dev/null >/dev/null 2>&1; then
	command script -qec "'$run' -j1 both.pkt pass.pkt background.pkt" /dev/null >out 2>&1
	has 'a terminal has a line of progress' '[0-9]+ of 4, 1 running'
	hasnt 'and none for what passed' '^PASS'
	has 'the totals stay' '4 passed, 0 failed'
fi
tap_end
