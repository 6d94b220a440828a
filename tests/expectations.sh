#!/bin/sh
# Tests tests/expectations: which mutants it makes of a script, and what it says about those that pass.
# A stand-in for tcpclose-run is used, so nothing is played; ./quickstart check plays some of the mutants.
. "$top_srcdir/tests/tap.sh"
command -v python3 >/dev/null || { skip 'all of it' 'no python3'; tap_end; }
top=$(cd "$top_srcdir" && pwd)
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 99
LC_ALL=C.UTF-8
export LC_ALL

mkdir -p scripts/some scripts/recipes
cat >scripts/recipes/open.inc <<'END'
+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0    < S 0:0(0) win 1000 <mss 1000>
+0    > S. 0:0(0) ack 1 <...>
END
cat >scripts/some/script.pkt <<'END'
// A comment with > R 1:1(0), which is no line.
--ip_version=all
known "a bug" kernel >= 2
cases  name  end                     where
       fin   "< F. 1:1(0) ack 1 win 257"  CLOSE_WAIT
       rst   "< R. 1:1(0) ack 1"          CLOSED

include "../recipes/open.inc"
+.01  end
+.2~+.3  maybe > . 1:1(0) ack 2
+0    state = where, timer none, wqueue 3~4
+0...1   read(3, "ab", 2) = 2
+0    poll([{fd=3, events=POLLIN, revents=POLLIN|POLLERR}], 1, 0) = 1
+0    > FP. 1:3(2) ack 1 win 9
          <nop,nop,TS val 5 ecr 7> "xy"   // a comment
+1    counter(InSegs) = 5
END

# The made-up tcpclose-run: the first script of each case is the unchanged one, which passes; others
# fail, unless they have a word of $PASSES.
cat >run <<'END'
#!/bin/sh
while [ "$1" != -o ]; do shift; done
report=$2 cases=
for file in $(find scripts -name '*~*.pkt' | sort -V); do
	verdict=FAIL case=$(sed -n 's/^ *\([a-z]*\)  *"<.*/\1/p' "$file")
	case $cases in *" $case "*) ;; *) verdict=PASS cases="$cases $case " ;; esac
	! grep -q "$PASSES" "$file" || verdict=PASS
	echo "{\"path\":\"$file\",\"verdict\":\"$verdict\"}"
done >"$report"
END
chmod +x run

# status NAME WANTED ARGUMENT...
status() {
	name=$1 wanted=$2
	shift 2
	"$top/tests/expectations" --run=./run --folder=scripts --known=known "$@" >out 2>&1
	seen=$?
	[ $seen -eq "$wanted" ] && ok "$name" || not_ok "$name" "status $seen, not $wanted: $(cat out)"
}
has() {
	grep -Fq -- "$2" out && ok "$1" || not_ok "$1" "no '$2' in: $(cat out)"
}

# ---- which mutants ----

made() {
	python3 -B -c 'if 1:
		import sys
		sys.path.insert(0, sys.argv[1])
		import mutants
		for mutant in mutants.mutants("x", open("scripts/some/script.pkt").read()):
			if mutant.case == "fin" and mutant.kind == sys.argv[2]:
				print(mutant.line, mutant.change)' "$top/tests" "$1"
}
same 'an injected segment is replaced by nothing' '9 +.01 signal(SIGALRM) = 0' "$(made deleted)"
same 'flags' '14 +0 > P. 1:3(2) ack 1 win 9 <nop,nop,TS val 5 ecr 7> "xy"
14 +0 > F. 1:3(2) ack 1 win 9 <nop,nop,TS val 5 ecr 7> "xy"
14 +0 > FP 1:3(2) ack 1 win 9 <nop,nop,TS val 5 ecr 7> "xy"
14 +0 > RFP. 1:3(2) ack 1 win 9 <nop,nop,TS val 5 ecr 7> "xy"' "$(made flag)"
same 'a number' '14 +0 > FP. 2:4(2) ack 1 win 9 <nop,nop,TS val 5 ecr 7> "xy"' "$(made seq)"
same 'an acknowledgment' '14 +0 > FP. 1:3(2) ack 2 win 9 <nop,nop,TS val 5 ecr 7> "xy"' "$(made ack)"
same 'a window' '14 +0 > FP. 1:3(2) ack 1 win 10 <nop,nop,TS val 5 ecr 7> "xy"' "$(made window)"
same 'options' '14 +0 > FP. 1:3(2) ack 1 win 9 <nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop> "xy"
14 +0 > FP. 1:3(2) ack 1 win 9 <nop,nop,TS val 5 ecr 8> "xy"' "$(made option)"
same 'bytes, sent and read' '12 +0...1 read(3, "Ab", 2) = 2
14 +0 > FP. 1:3(2) ack 1 win 9 <nop,nop,TS val 5 ecr 7> "Ay"' "$(made byte)"
same 'results' '12 +0...1 read(3, "ab", 2) = 3
13 +0 poll([{fd=3, events=POLLIN, revents=POLLIN|POLLERR}], 1, 0) = 2' "$(made result)"
same 'what a call has written' \
	'13 +0 poll([{fd=3, events=POLLIN, revents=POLLERR}], 1, 0) = 1
13 +0 poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 0) = 1' "$(made value)"
same 'the state, by the row of the table' '11 +0 state = CLOSING, timer none, wqueue 3~4' "$(made state)"
same 'the timer' '11 +0 state = CLOSE_WAIT, timer keepalive, wqueue 3~4' "$(made timer)"
same 'the queues' '11 +0 state = CLOSE_WAIT, timer none, wqueue 5~6' "$(made queue)"
same 'a counter' '16 +1 counter(InSegs) = 6' "$(made counter)"
same 'what may come' '10 +.2~+.3 maybe > - 1:1(0) ack 2' "$(made maybe)"
same 'times' '12 +0...1.55 read(3, "ab", 2) = 2
12 +0...0.58 read(3, "ab", 2) = 2
14 +0.05~+0.1 > FP. 1:3(2) ack 1 win 9 <nop,nop,TS val 5 ecr 7> "xy"' "$(made time)"

# ---- what is said of them ----

: >known
PASSES=NEVER
export PASSES
status 'all are noticed' 0 --all
has 'that is counted' '2 passed, 0 failed, 0 skipped'
status 'a part' 0 --part=1
has 'it says so' 'part 1 of'
PASSES=SIGALRM
status 'one that passes is a failure' 1 --all some
has 'it is told' 'scripts/some/script.pkt:9: [fin] nothing notices: without +.01 < F. 1:1(0) ack 1 win 257'
printf '%s\n' 'some/script.pkt deleted < F. 1:1(0) ack 1 win 257' '	a reason' \
	'some/script.pkt[rst] deleted < R. 1:1(0) ack 1' '	another' >known
status 'one that is known is none' 0 --all some
printf '%s\n' 'some/script.pkt[fin] counter counter(InSegs) = 5' '	a reason' >>known
status 'one that is known and noticed is a failure' 1 --all some
has 'it is told, too' 'known:5: this is noticed now'
printf '%s\n' 'some/script.pkt counter counter(OutSegs) = 5' '	a reason' >known
status 'one that is not there is a failure' 1 --all some
has 'where it stands' 'known:1: there is no such expectation in scripts/some/script.pkt'
echo 'some/script.pkt counter counter(InSegs) = 5' >known
status 'one without a reason is refused' 2 --all
status 'no such script' 2 --all other
tap_end
