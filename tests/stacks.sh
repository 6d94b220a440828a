#!/bin/sh
# TCP stacks in shared objects. Bad ones are reported, each with one line, and leave nothing behind. lwIP
# is tested where it is installed.
. "$top_srcdir/tests/tap.sh"
tap_begin

cat >open-close.pkt <<'END'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+.01 close(3) = 0
END
cat >shutdown.pkt <<'END'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 shutdown(3, SHUT_WR) = -1 ENOTCONN
END
cat >sysctl.pkt <<'END'
sysctl net.ipv4.tcp_fin_timeout = 10
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
END
cat >plain.pkt <<'END'
sysctl net.ipv4.tcp_sack = 0
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+.01 state(3) = TIME_WAIT, timer timewait 60
+.01 close(3) = 0
END
cat >counter.pkt <<'END'
+0 counter(TCPAbortOnClose) = 0
END
cat >other.pkt <<'END'
requires stack lwIP
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
END
cat >kernel.pkt <<'END'
requires kernel >= 3.10
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
END

# told NAME: the verdict's line of a script on a stack, without path and time.
told() {
	"$run" --ip_version=ipv4 --timeout=3 --so_filename="${run%/*}/tests/stacks/$1.so" "$2.pkt" 2>&1 |
		sed "s|${run%/*}/||g; s/  *[0-9.]* s\\(  \\|\$\\)/\\1/" | grep -E "^[A-Z]+  |: [A-Z]+ \\(" | sed 's/  */ /g'
}

same "a stack that does what is asked of it" "PASS open-close.pkt ipv4" "$(told quiet open-close)"
same "a call that it has not" "SKIP shutdown.pkt ipv4 this stack has no shutdown()" "$(told quiet shutdown)"
same "a sysctl that says how Linux does it" "SKIP sysctl.pkt ipv4 a stack has no sysctl net.ipv4.tcp_fin_timeout" \
	"$(told quiet sysctl)"
same "what is only Linux's is left out, and told once" \
	"tcpclose-run: on this stack, some lines of scripts are left out, for example in a.pkt ipv4: sysctl net.ipv4.tcp_sack, 1 state line" \
	"$(cp plain.pkt a.pkt; cp plain.pkt b.pkt
		"$run" --ip_version=ipv4 -j1 --so_filename="${run%/*}/tests/stacks/quiet.so" a.pkt b.pkt 2>&1 | grep -e 'left out' -e FAIL)"
same "what was left out is left out of the recording, too" "PASS PASS" "$(
	for how in --record=left.rec --replay=left.rec; do
		"$run" --ip_version=ipv4 --so_filename="${run%/*}/tests/stacks/quiet.so" $how plain.pkt 2>&1 | sed -n 's/^PASS .*/PASS/p'
	done | paste -s -d ' ' -)"
same "a script about counters" "SKIP counter.pkt ipv4 this stack cannot show counters" "$(told quiet counter)"
same "a script for another stack" "SKIP other.pkt ipv4 needs the stack lwIP, but this is this stack" \
	"$(told quiet other)"
same "a script for a stack, on the kernel" \
	"SKIP needs a TCP stack, lwIP (--so_filename, --stack), but this is the kernel" \
	"$("$run" --ip_version=ipv4 other.pkt 2>&1 | sed -n 's/^SKIP .*  needs/SKIP needs/p')"
same "a script for some kernels, on a stack" "SKIP kernel.pkt ipv4 needs kernel >= 3.10, but this is a stack" \
	"$(told quiet kernel)"
same "no such file" \
	"open-close.pkt: ERROR (ipv4): --so_filename: tests/stacks/missing.so: cannot open shared object file: No such file or directory" \
	"$(told missing open-close)"
echo 'no object' >"$tmp/text.so"
same "a file that is no shared object" \
	"open-close.pkt: ERROR (ipv4): --so_filename: ./text.so: file too short" \
	"$("$run" --ip_version=ipv4 --so_filename=text.so open-close.pkt 2>&1 | grep ERROR)"
same "without the function" \
	"open-close.pkt: ERROR (ipv4): --so_filename: tests/stacks/no-symbol.so has no packetdrill_interface_init()" \
	"$(told no-symbol open-close)"
same "of another version" \
	"open-close.pkt: ERROR (ipv4): the stack is for version 2 of the interface, and this is 1" \
	"$(told version open-close)"
same "without a wire" \
	"open-close.pkt: ERROR (ipv4): --so_filename: tests/stacks/deaf.so neither takes nor sends packets" \
	"$(told deaf open-close)"
same "a third stack" "tcpclose-run: --stack=true is one too many: two can be compared" \
	"$("$run" --so_filename=a.so --kernel=running --stack=true open-close.pkt 2>&1 | sed 1q)"
{ echo --stack=true; echo --so_filename=a.so; cat open-close.pkt; } >two.pkt
same "a script with two stacks" "two.pkt: ERROR (ipv4): --so_filename and --stack name two stacks" \
	"$("$run" --ip_version=ipv4 two.pkt 2>&1 | grep ERROR)"
same "the kernel's clock is not driven" \
	"open-close.pkt: ERROR (ipv4): --drive_clock is for another stack (--so_filename, --stack): the kernel's clock is driven with --kernel" \
	"$("$run" --ip_version=ipv4 --drive_clock open-close.pkt 2>&1 | grep ERROR)"
same "it refuses the world" \
	"SKIP open-close.pkt ipv4 the stack cannot be played on here: it has no addresses" \
	"$(told refuses open-close)"
same "it crashes" "open-close.pkt: FAIL (ipv4): the stack crashed: signal 6 (Aborted)" \
	"$(told crash open-close)"
same "it hangs in a call" \
	"open-close.pkt:2:6: FAIL (ipv4): close has not returned for N s, and no signal ends it" \
	"$(told hang open-close | sed 's/for [0-9]* s/for N s/')"
same "it spins in a call" \
	"open-close.pkt:2:6: FAIL (ipv4): close has not returned for N s, and no signal ends it" \
	"$(told spin open-close | sed 's/for [0-9]* s/for N s/')"
same "its netdev_receive() never comes back" "PASS open-close.pkt ipv4" "$(told never open-close)"
same "it prints" "PASS open-close.pkt ipv4" "$(told prints open-close)"
sed 's/^+.01 close/+1 close/' open-close.pkt >slowly.pkt
none "it sends what is no packet" "$(told nonsense slowly | grep -v 'FAIL (ipv4): the kernel sent bytes that are not a segment')"
same "the others go on" "1 passed, 1 failed, 0 skipped" "$(
	cp open-close.pkt crash.pkt
	ln -sf "${run%/*}/tests/stacks/crash.so" "${run%/*}/tests/stacks/quiet.so" .
	echo "--so_filename=./crash.so" | cat - open-close.pkt >crash.pkt
	echo "--so_filename=./quiet.so" | cat - open-close.pkt >quiet.pkt
	"$run" --ip_version=ipv4 crash.pkt quiet.pkt 2>&1 | sed -n 's/^\([0-9]* passed, [0-9]* failed, [0-9]* skipped\).*/\1/p')"

# ---- two that are compared ----

# beside ARGUMENT...: what differs between a quiet stack, A, and another one.
beside() {
	"$run" --ip_version=ipv4 --timeout=3 --so_filename="${run%/*}/tests/stacks/quiet.so" "$@" 2>&1 |
		sed -n "s|${run%/*}/||g; s/  *[0-9.]* s\(  \|\$\)/\1/; /^A is/,\$p" | sed 's/B is Linux .*/B is Linux/'
}
same "the same stack twice" "A is quiet.so, and B is quiet.so
0 of 1 test differ" "$(beside --so_filename="${run%/*}/tests/stacks/quiet.so" open-close.pkt)"
same "a stack and one that crashes" "A is quiet.so, and B is crash.so
open-close.pkt ipv4: another verdict
    A PASS
    B FAIL: the stack crashed: signal 6 (Aborted)
1 of 1 test differs: 1 in the verdict" \
	"$(beside --so_filename="${run%/*}/tests/stacks/crash.so" open-close.pkt | grep -v '^    [AB]   ')"
same "what one cannot play is not compared" "A is quiet.so, and B is Linux
0 of 0 tests differ" "$(beside --kernel=running shutdown.pkt)"
same "a script for Linux is played on it" "1 skipped" \
	"$("$run" --ip_version=ipv4 --so_filename="${run%/*}/tests/stacks/quiet.so" --kernel=running -j1 kernel.pkt 2>&1 |
		sed -n 's/^[01] passed, 0 failed, \(. skipped\).*/\1/p')"
same "each test says which stack plays it again" "1" "$(
	sed 's/= 0/= 1/' open-close.pkt >again.pkt
	"$run" --ip_version=ipv4 --so_filename=/no.so --so_flags='a b' --so_filename="${run%/*}/tests/stacks/quiet.so" \
		--so_flags=c again.pkt 2>&1 | grep -c -e '--so_filename=[^ ]*quiet.so --so_flags=c --ip_version=ipv4 again.pkt')"

# ---- what failures mean ----

mkdir judged
{ echo 'covers X-GOOD X-SOME'; cat open-close.pkt; } >judged/good.pkt
{ echo 'covers X-LACK'; cat shutdown.pkt; } >judged/lacks.pkt
{ echo 'covers X-SOME X-OTHER X-BAD X-OPEN'; sed 's/close(3) = 0/close(3) = 1/' open-close.pkt; } >judged/other.pkt
printf '%s\n' '# a comment' 'violates | X-BAD | close returned 0, not * | RFC 1 2 | it is wrong' \
	'differs | X-OTHER | close returned *|| it is another way' 'not-seen | X-S* | close * | | it is about close()' >judgements
same "failures are judged" \
"X-BAD                violates       judged/other.pkt  RFC 1 2
                                    it is wrong
X-GOOD               holds          judged/good.pkt
X-LACK               not-offered    judged/lacks.pkt
                                    this stack has no shutdown()
X-OPEN               open           judged/other.pkt
                                    close returned 0, not 1
X-OTHER              differs        judged/other.pkt
                                    it is another way
X-SOME               holds          judged/good.pkt
violates 1, open 1, differs 1, holds 2, not-offered 1" \
	"$("$run" --ip_version=ipv4 --so_filename="${run%/*}/tests/stacks/quiet.so" --judgements=judgements --coverage=table judged >/dev/null 2>&1
		cat table)"
for wrong in 'differs | X | y | z' 'maybe | X | y | z | w'; do
	echo "$wrong" >judgements
	same "judgements: $wrong" "judgements: line 1: $(case $wrong in d*)
		echo 'a line has five parts: JUDGEMENT | IDS | FAILURE | CLAUSE | SENTENCE' ;; *)
		echo 'it begins with holds, differs, violates, not-offered or not-seen' ;; esac)" \
		"$("$run" --judgements=judgements --coverage open-close.pkt 2>&1 | sed -n 's/^tcpclose-run: \(judgements: .*\)/\1/p')"
done

# ---- stacks in processes ----

# said KIND: the verdict's line of a script on a stack that is bad in this way.
said() {
	"$run" --ip_version=ipv4 --timeout=10 --stack="exec python3 '$source/tests/stacks/bad_process.py' $1" open-close.pkt 2>&1 |
		sed '/^PASS/s/  *[0-9.]* s$//; s/  *[0-9.]* s  /  /' | grep -E "^[A-Z]+  |: [A-Z]+ \\(" | sed 's/  */ /g'
}

if ! command -v python3 >/dev/null; then
	skip "stacks in processes" "there is no python3"
else
	at=open-close.pkt:1:44
	same "process: it does what is asked of it" "PASS open-close.pkt ipv4" "$(said good)"
	same "process: it refuses" "SKIP open-close.pkt ipv4 the stack cannot be played on here: it has no addresses" \
		"$(said refuse)"
	same "process: of another version" \
		"open-close.pkt: ERROR (ipv4): the stack speaks version 2 of the protocol, and this is 1" "$(said version)"
	same "process: it offers what is nothing" \
		"open-close.pkt: ERROR (ipv4): the stack offers 'fly', which nobody knows" "$(said unknown)"
	same "process: it never says hello" \
		"open-close.pkt: ERROR (ipv4): --stack: the stack does not answer for 5 s" "$(said mute)"
	same "process: it crashes" "$at: FAIL (ipv4): the stack crashed: signal 6 (Aborted)" "$(said dies)"
	same "process: it ends" "$at: FAIL (ipv4): the stack ended with status 3" "$(said ends)"
	same "process: it spins" "open-close.pkt:1:4: FAIL (ipv4): socket has not returned for 2 s" "$(said spins)"
	same "process: it never answers" "open-close.pkt:1:4: FAIL (ipv4): socket has not returned for 2 s" "$(said never)"
	same "process: it answers late" "PASS open-close.pkt ipv4" "$(said late)"
	same "process: nonsense" "$at: FAIL (ipv4): the stack says '??nonsense': no message begins like this" "$(said nonsense)"
	same "process: an answer to nothing" \
		"$at: FAIL (ipv4): the stack says 'return x 3': the call's number is missing" "$(said number)"
	same "process: an errno that is none" \
		"$at: FAIL (ipv4): the stack says 'return 2 -1 EWRONG': the name of an errno must stand behind -1" "$(said errno)"
	same "process: too much at once" "$at: FAIL (ipv4): the stack says more at once than 64 KiB" "$(said large)"
	same "process: packets without end" \
		"$at: FAIL (ipv4): the stack sends more packets than are taken from it" "$(said floods)"
	same "process: it closes its socket" "$at: FAIL (ipv4): the stack has closed its socket" "$(said closes)"
	same "process: it prints without end" "PASS open-close.pkt ipv4" "$(said pours)"
	same "process: a packet that is too long" \
		"open-close.pkt:2:6: FAIL (ipv4): the kernel sent bytes that are not a segment: the packet is neither TCP nor UDP nor ICMP" \
		"$(said oversized | sed 's/ (IPv4, .*//')"
	same "process: a packet that is cut off" \
		"open-close.pkt:2:6: FAIL (ipv4): the kernel sent bytes that are not a segment: the IPv4 header is cut off (no IP header, 10 bytes: 45000028 00000000 4006)" \
		"$(said truncated)"
	same "process: a packet from another address" \
		"open-close.pkt:2:6: FAIL (ipv4): the kernel sent bytes that are not a segment: it does not come from the stack's address (IPv4, TCP, 10.9.8.7 > 10.9.8.6" \
		"$(said foreign | sed 's/, 40 bytes.*//')"
	same "process: an answer that nobody asked for" \
		"$at: FAIL (ipv4): the stack answers 99, which was never asked" "$(said unasked)"
	same "process: it leaves a process in a session of its own" "PASS open-close.pkt ipv4" "$(said leaves)"
	same "process: it prints" "PASS open-close.pkt ipv4" "$(said prints)"
	same "process: no clock of ours" "SKIP open-close.pkt ipv4 good has no clock that others could drive (--drive_clock)" \
		"$(sed 1i--drive_clock open-close.pkt >driven.pkt
			"$run" --ip_version=ipv4 --stack="python3 '$source/tests/stacks/bad_process.py' good" driven.pkt 2>&1 |
			sed -n 's/  *[0-9.]* s  / /; s/driven/open-close/; s/  */ /gp' | grep SKIP)"
	nobody_left() { ! ps ax -o args= | grep -q "$source/tests/stacks/bad_process[.]py"; }
	await nobody_left
	none "process: nothing is left behind" "$(ps ax -o args= | grep "$source/tests/stacks/bad_process[.]py")"
	adapter="python3 '$source/stacks/python/adapter.py'"
	none "the example passes the test for adapters" \
		"$("$run" --longest=200 --drive_clock --stack="$adapter" "$source/stacks/conformance" 2>&1 | grep -E '^(FAIL|SKIP|INVALID|ERROR)')"
	none "and with a clock of its own" \
		"$("$run" -j2 --stack="$adapter" "$source/stacks/conformance/data.pkt" "$source/stacks/conformance/states.pkt" 2>&1 |
			grep -E '^(FAIL|SKIP|INVALID|ERROR)')"
	cp "$source/stacks/conformance/server.inc" .
	printf '%s\n' 'include "server.inc"' '+.1 < F. 1:1(0) ack 1 win 65535' '+0~+.3 > . 1:1(0) ack 2' '+.1 < R. 2:2(0) ack 1' \
		'+.1 read(4, ..., 1000) = -1 ECONNRESET' >reset-behind-fin.pkt
	none "the example tells a reader of a reset behind the FIN, too (RFC 9293 3.10.7.4, second)" \
		"$("$run" --ip_version=ipv4 --drive_clock --stack="$adapter" reset-behind-fin.pkt 2>&1 | grep ': FAIL')"
	none "adapters have less than 400 lines" \
		"$(wc -l "$source"/stacks/*/*.py "$source"/stacks/*/*.c | awk '$2 != "total" && $1 >= 400')"
fi

# ---- lwIP ----

none "docs/lwip.txt has a word for each cell of the close matrix" "$(
	{ sed -n 's/^| \([A-Z][A-Za-z0-9]*-[A-Za-z0-9-]*\).*/\1/p' "$source/docs/matrix.md"
		sed -n 's/^\([A-Z][^ ]*\)  *\(holds\|differs\|violates\|not-offered\)  *[^ ]*\.pkt.*/\1/p' "$source/docs/lwip.txt"
	} | sort | uniq -u)"

lwip=${run%/*}/stacks/lwip.so
if [ ! -f "$lwip" ]; then
	skip "lwIP: what must hold on it" "built without liblwip"
	tap_end
fi
# Where an address sanitizer finds lwIP's own mistake, the process ends in another way.
crash=
! grep -q __asan_init "$run" || crash='--select=!name(*/closed-twice-crash.pkt*)'
# played OPTION...: what neither passes nor is known among the scripts for lwIP.
played() {
	"$run" "$@" ${crash:+"$crash"} --so_filename="$lwip" --format=json -o lwip.json "$source/stacks/lwip/scripts" \
		"$source/stacks/lwip/violations" >/dev/null 2>&1
	grep -v '"verdict":"\(PASS\|XFAIL\|SKIP\)"' lwip.json | grep '"verdict"' | cut -c1-300
}
none "lwIP: what must hold on it, in real time" "$(played --longest=3)"
none "... and in virtual time, all of it" "$(played --drive_clock)"
same "lwIP: two minutes of TIME_WAIT take no time" "PASS" \
	"$(timeout 60 "$run" --ip_version=ipv4 --drive_clock --so_filename="$lwip" "$source/stacks/lwip/scripts/time-wait.pkt" 2>&1 | sed -n 's/^PASS .*/PASS/p')"
# ---- lwIP beside Linux ----

"$run" --ip_version=ipv4 open-close.pkt >out 2>&1
if [ $? -ne 0 ]; then
	skip "lwIP and the kernel are compared" "$(sed -n 's/^SKIP .* s  //p' out | sed 1q)"
else
	"$run" --so_filename="$lwip" --drive_clock --kernel=running --explore=1 --explore_dir=walks >out 2>&1
	same "lwIP and the kernel: walks find something" 1 $?
	check "... that only one does wrong" grep -q '^only A: ' out
	same "... and a script shows it on that one" "FAIL" "$(
		script=$(sed -n '/^only A: ack-of-unreceived in ESTABLISHED/,/^$/s/^    \(walks.*\)/\1/p' out)
		"$run" --drive_clock --so_filename="$lwip" --model=linux "${script:-none}" 2>/dev/null |
			sed -n 's/.*: \(FAIL\) (.*/\1/p')"
	none "... what both may do comes behind it" "$(sed -n '/^they differ/,$p' out | grep '^only')"
fi
check "lwIP: there are scripts for it" grep -q '"verdict":"PASS"' lwip.json
tap_end
