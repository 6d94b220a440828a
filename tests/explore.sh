#!/bin/sh
# --explore: the same seed, once judged by the RFCs alone, which a Linux kernel departs from (a mistake that is
# planted by leaving rules out, and has to be found), and once with Linux's departures, where nothing new may be
# found. Scripts that are written show what was found. What is written wrong is refused.
. "$top_srcdir/tests/tap.sh"
tap_begin

# refused NAME TEXT ARGUMENT...: status 2, and a message with the text.
refused() {
	name=$1 text=$2
	shift 2
	"$run" "$@" >out 2>&1
	status=$?
	if [ $status -eq 2 ] && grep -qF -- "$text" out; then
		ok "$name"
	else
		not_ok "$name" "status $status: $(cat out)"
	fi
}

echo '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' >probe.pkt
refused 'no time' '--explore wants seconds' --explore=soon
refused 'a negative time' '--explore wants seconds' --explore=-1
refused 'a seed without walks' '--seed is for --explore' --seed=3 probe.pkt
refused 'no walks' '--walks wants one' --explore=1 --walks=0
refused 'a seed that is none' '--seed wants a number' --explore=1 --seed=x
refused 'a folder without walks' '--explore_dir is for --explore' --explore_dir=x probe.pkt
refused 'a script beside it' 'writes its scripts itself' --explore=1 probe.pkt
refused 'a report of tests' 'contradict' --explore=1 --report=x.json

"$run" probe.pkt >out 2>&1
if [ $? -eq 77 ]; then
	skip 'walks' "$(sed -n 's/^SKIP .* s  //p' out | sed 1q)"
	tap_end
	exit
fi

# ---- by the RFCs alone ----

"$run" --explore=2 --model=rfc --explore_dir=found >out 2>&1
status=$?
[ $status -eq 1 ] && ok 'what departs from the RFCs is found' || not_ok 'what departs from the RFCs is found' "$(cat out)"
grep -q '^[0-9]* walks on .* each second, with --seed=1$' out && ok 'the report counts walks' ||
	not_ok 'the report counts walks' "$(cat out)"
grep -q '^[0-9]* of the model.s [0-9]* transitions were taken$' out && ok '... and transitions' ||
	not_ok '... and transitions' "$(cat out)"
shown=0
for script in found/*.pkt; do
	"$run" --model=rfc "$script" >again 2>&1
	[ $? -eq 1 ] && shown=$((shown + 1))
done
[ $shown -gt 0 ] && ok 'the scripts show it' || not_ok 'the scripts show it' "$(ls found; cat again)"
none 'they name the rule, its clause and the walk' "$(grep -L -e '^// .*: RFC\|^// .*(2)' $(grep -l 'model=rfc' found/*.pkt)
grep -L -e '^// --explore --seed=1, walk [0-9]' found/*.pkt)"

# ---- with the departures ----

"$run" --explore=3 >out 2>&1
status=$?
# A bug that some kernels have, see docs/findings.txt.
new=$(grep -e ': in [0-9]* walk' out | grep -v -e '^echo-is-old' -e 'but not again')
if [ -z "$new" ] && { [ $status -eq 0 ] || grep -q '^echo-is-old' out; }; then
	ok 'with the departures nothing is found'
else
	not_ok 'with the departures nothing is found' "status $status: $(cat out)"
fi

# ---- a signal, and a disk that takes nothing ----

"$run" --explore=60 >out 2>&1 &
explorer=$!
sleep 3
kill -INT $explorer
wait $explorer
status=$?
if grep -q '^[0-9]* walks on' out && [ $status -ne 0 ]; then
	ok 'a signal ends it, with a report'
else
	not_ok 'a signal ends it, with a report' "status $status: $(cat out)"
fi
"$run" --explore=1 --model=rfc --explore_dir=probe.pkt/x >out 2>&1
grep -q 'probe.pkt/x/.*: cannot be written: ' out && ok 'a folder that cannot be made is told' ||
	not_ok 'a folder that cannot be made is told' "$(cat out)"
tap_end
