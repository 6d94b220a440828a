#!/bin/sh
# Working on a script: --watch plays what is saved, in whatever way an editor saves it, and --last_failed
# plays what did not pass.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"
mkdir "$tmp/work"
cd "$tmp/work" || exit 99
XDG_STATE_HOME=$tmp/state
export XDG_STATE_HOME

# Scripts that need no wire, so that a round is short: the call returns the number, or it does not.
right() {
	printf '+0 close(-1) = -1 EBADF\n' >"$1"
}
wrong() {
	printf '+0 close(-1) = 0\n' >"$1"
}

# seen TEXT: waits until the output of --watch has the text, at most 20 s.
seen() {
	tries=0
	until grep -qF -- "$1" out; do
		[ $((tries += 1)) -le 200 ] || return 1
		sleep 0.1
	done
}

# sees NAME TEXT: what was done leads to a round that says this; what it said before is forgotten.
sees() {
	if seen "$2"; then
		ok "$1"
	else
		not_ok "$1" "$(printf 'wanted: %s\n' "$2"; cat out)"
	fi
	# The end of the round is the last that it writes.
	seen ' passed, ' && : >out
}

# begin ARGUMENT...: starts it; its process is $watch.
begin() {
	: >out
	"$run" --watch "$@" >>out 2>&1 &
	watch=$!
}

# ends NAME SIGNAL STATUS
ends() {
	kill -s "$2" $watch
	wait $watch
	same "$1" "$3" $?
}

# ---- --watch ----

right a.pkt
right b.pkt
printf 'include "part.inc"\n' >c.pkt
right part.inc
mkdir sub
begin .
sees 'all are played at first' '3 passed, 0 failed'
wrong a.pkt
sees 'what is written in its place' 'a.pkt:1:16: FAIL'
right a.new
mv a.new a.pkt
sees 'what is renamed to its name' 'PASS  ./a.pkt'
wrong part.inc
sees 'what is included' 'part.inc:1:16: FAIL'
right sub/new.pkt
sees 'what is new' 'PASS  ./sub/new.pkt'
mkdir later
sleep 0.3
right later/new.pkt
sees 'what is new in a folder that is new' 'PASS  ./later/new.pkt'
mkdir .hidden
right .hidden/x.pkt
printf 'close(\n' >notes.txt
printf 'nonsense\n' >b.pkt
sees 'nothing else is played; what is wrong is told' 'b.pkt:1:1: error'
right b.pkt
sees 'until it is right' 'PASS  ./b.pkt'
none 'nothing else was played' "$(cat out)"
ends '^C ends it with the status of the last round' INT 0
begin later/new.pkt
sees 'of one script' '1 passed, 0 failed'
wrong later/other.pkt
right later/new.pkt
sees 'another file beside it is not played' '---- later/new.pkt'
printf '+0 close(-1) = -1 EBADF\n+60 close(-1) = -1 EBADF\n' >later/new.pkt
seen '---- later/new.pkt'
sleep 0.5
ends 'a signal within a round is its status' TERM 143
check 'the round tells what is known' grep -q 'INVALID  *later/new.pkt.*signal\|stopped by a signal' out
# What tests have started may take a moment to be gone.
tries=0
while pgrep -f "^$run --watch" >left 2>/dev/null && [ $((tries += 1)) -le 50 ]; do
	sleep 0.1
done
none 'nothing goes on' "$(cat left)"
"$run" --watch - </dev/null >out 2>&1
status=$?
same 'standard input is refused' "2 $(basename "$run"): --watch wants scripts that are files, not '-'" \
	"$status $(sed 1q out)"

# ---- --last_failed ----

rm -rf later sub .hidden part.inc c.pkt
wrong a.pkt
right b.pkt
wrong c.pkt

# played ARGUMENT...: the tests that a run played, and what is said of the list.
played() {
	"$run" --last_failed "$@" 2>&1 | sed -n 's/^\(PASS\|FAIL\)  *\([^ ]*\) .*/\2/p; s/^\([^ :]*\):[0-9:]* FAIL.*/\1/p; s/.*no test is known.*/nothing is known/p' |
		sort -u | tr '\n' ' '
}
same 'at first nothing is known' 'a.pkt b.pkt c.pkt nothing is known ' "$(played a.pkt b.pkt c.pkt)"
same 'then what failed is played' 'a.pkt c.pkt ' "$(played a.pkt b.pkt c.pkt)"
same 'for other scripts nothing is known' 'a.pkt c.pkt nothing is known ' "$(played a.pkt c.pkt)"
right a.pkt
same 'what passes now' 'a.pkt c.pkt ' "$(played a.pkt b.pkt c.pkt)"
same 'is played no more' 'c.pkt ' "$(played a.pkt b.pkt c.pkt)"
wrong b.pkt
"$run" --filter b.pkt a.pkt b.pkt c.pkt >out 2>&1
same 'a run without the option counts, too, and what it left out stays' 'b.pkt c.pkt ' \
	"$(played a.pkt b.pkt c.pkt)"
right b.pkt
right c.pkt
played a.pkt b.pkt c.pkt >out
same 'when all pass' 'a.pkt b.pkt c.pkt nothing is known ' "$(played a.pkt b.pkt c.pkt)"
none 'no list is kept' "$(grep -l ': a.pkt b.pkt c.pkt$' "$tmp"/state/tcpclose/failed/*)"
printf -- '--ip_version=all\n+0 clsoe(-1) = -1 EBADF\n' >all.pkt
played all.pkt b.pkt >out
printf -- '--ip_version=all\n+0 close(-1) = -1 EBADF\n' >all.pkt
same 'a script that was wrong is played in all families' '3 passed, 0 failed, 0 skipped' \
	"$("$run" --last_failed all.pkt b.pkt | sed -n 's/ in .*//; $p')"
wrong a.pkt
XDG_STATE_HOME=/dev/null played a.pkt >out
same 'where no list can be written, none is' 'a.pkt nothing is known ' \
	"$(XDG_STATE_HOME=/dev/null played a.pkt)"
wrong b.pkt
begin --last_failed a.pkt b.pkt
sees 'together: all, for nothing is known' '0 passed, 2 failed'
right a.pkt
sees 'what is saved is played' 'PASS  a.pkt'
ends 'and the other stays known' INT 0
same 'as not passed' 'b.pkt ' "$(played a.pkt b.pkt)"
tap_end
