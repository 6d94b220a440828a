#!/bin/sh
# The program on the running kernel: what must pass, what must fail and for which reason, the exit status,
# the report and the capture file.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"

# ---- scripts ----

for script in "$live"/pass/*.pkt "$live"/../replay/*.pkt; do
	name=${script##*/}
	status_is "${name%.pkt} passes" 0 "$script"
done
for script in "$live"/fail/*.pkt; do
	name=${script##*/}
	status_is "${name%.pkt} fails" 1 "$script"
	says "${name%.pkt} fails for its reason" "FAIL (ipv[46]): $(sed -n '1s|^// ||p' "$script")"
done

play "$live/fail/missing-counters.pkt"
says "which counters moved" 'counters  ListenOverflows +1, ListenDrops +1'
play "$live/fail/call-closed.pkt"
says "a descriptor that was closed" 'descriptor 4 was closed while read uses it'
play "$live/fail/close-held.pkt"
says "why the FIN of a close does not come" 'descriptor 4 was closed while read uses it'
says "a call that is under way" 'begun: read(4, ..., 100)  (has not returned)'
play "$live/fail/still-open.pkt"
says "a descriptor that is left" 'descriptor 4 of this connection is still open: the FIN comes with'
play "$live/fail/ports-swapped.pkt"
says "ports the wrong way round" 'ports of connection #2 the wrong way round: .* begins with 5001 > 8080'
play "$live/fail/program-gone.pkt"
says "that a program ended" 'ended: run("exec no-such-program") -> status 127 (the shell found no such program)'
says "what it said" 'printed  .*not found'
play "$live/fail/unread.pkt"
says "what a counter knows" 'which is  an abort by RST|ACK: a close with unread data, says TCPAbortOnClose'
says "and what it means" 'TCPAbortOnClose: a close with unread data ended the connection with a RST (RFC'
play "$live/fail/code-false.pkt"
says "a code block's position" 'code-false.pkt:10:7: FAIL'

status_is "all at once, eight side by side" 0 -j 8 "$live/pass"
says "each family is a test" "^$("$run" --list "$live/pass" | grep -c ' ipv') passed, 0 failed, 0 skipped"
set -- "$live/pass/server.pkt"
set -- "$@" "$@" "$@" "$@" "$@" "$@" "$@" "$@" "$@" "$@"
status_is "many of one kind" 0 -j 16 "$@"
says "thirty worlds" '^30 passed, 0 failed, 0 skipped'

script() { cat >"$tmp/$1.pkt"; }

# ---- numbers that are left open, where there are none yet ----

echo '+0 < S *(0) win 1000' | script first
status_is "nothing to go on after" 2 "$tmp/first.pkt"
says "is said" 'ERROR (ipv4): nothing was injected on this connection before, so this cannot continue it'
echo '+0 < S. 0:0(0) ack * win 1000' | script nothing
status_is "nothing to acknowledge" 2 "$tmp/nothing.pkt"
says "is said, too" 'ERROR (ipv4): the kernel has sent nothing on this connection that could be acknowledged'

# ---- what not every kernel has ----

script no-md5 <<'S'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, IPPROTO_TCP, TCP_MD5SIG, [0], 4) = -1 ENOPROTOOPT
S
play "$tmp/no-md5.pkt"
if [ "$status" -eq 0 ]; then
	skip "segments that are signed" "this kernel has no TCP MD5 signatures"
else
	status_is "segments that are signed" 0 "$live/md5"
	status_is "a key that is another" 1 --tcp_md5_secret=other --ip_version=ipv4 "$live/md5/ipv4.pkt"
	says "is noticed" 'ipv4.pkt:[0-9]*:[0-9]*: FAIL (ipv4): the kernel sent no segment'
fi

for script in "$live"/tunnels/*.pkt; do
	name="headers around a packet: $(basename "$script" .pkt)"
	play "$script"
	case $status:$out in
	77:*) skip "$name" "there is no ip(8)" ;;
	1:*'the command ended with status'*) skip "$name" "this kernel has no such tunnel" ;;
	*) status_is "$name" 0 "$script" ;;
	esac
done

# ---- strictness ----

for script in unexpected-within unexpected-after; do
	status_is "$script: the command line can ignore it" 0 --unexpected=ignore "$live/fail/$script.pkt"
done
status_is "the command line has the last word on defines" 1 -D PORTION=400 "$live/pass/defines.pkt"
status_is "--non_fatal=packet lets a mismatch pass" 0 --non_fatal=packet "$live/fail/wrong-ack.pkt"
says "--non_fatal counts it" '1 mismatch let pass'
status_is "--non_fatal=syscall lets a result pass" 0 --non_fatal=syscall "$live/fail/wrong-result.pkt"
status_is "--ip_version wins over the script" 0 --ip_version=ipv6 "$live/pass/server.pkt"
says "--ip_version: one test" '^1 passed'
sed '1i--ip_version=ipv6' "$live/pass/server.pkt" >"$tmp/six.pkt"
status_is "a script for another family" 0 --ip_version=ipv4 "$tmp/six.pkt"
says "... is skipped, and the reason is its own line" 'SKIP .*its own line is --ip_version=ipv6, and ipv4 was asked for'
sed '1i--ip_version=ipv4,ipv6' "$live/pass/server.pkt" >"$tmp/two.pkt"
status_is "a script for two families, and two others asked for" 0 --ip_version=ipv6,ipv4-mapped-ipv6 "$tmp/two.pkt"
says "... is played in the one that both name" '^1 passed, 0 failed, 0 skipped'
printf '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n' >"$tmp/unused.pkt"
status_is "a wire that nobody used is not listened to" 0 --settle_usecs=60000000 --timeout=1 "$tmp/unused.pkt"
printf '+0 `true`\n' >>"$tmp/unused.pkt"
status_is "it is where a program might" 125 --settle_usecs=60000000 --timeout=1 "$tmp/unused.pkt"

# ---- lateness ----

if cpu=$(taskset -cp $$ 2>"$tmp/why" | sed 's/.*: \([0-9]*\).*/\1/') && [ -n "$cpu" ]; then
	script crowded <<S
0   run("exec taskset -c $cpu sh -c 'while :; do :; done'") = one
+0  run("exec taskset -c $cpu sh -c 'while :; do :; done'") = two
+.2 socket(..., SOCK_STREAM, IPPROTO_TCP) = -1 EBADF
S
	# Where the harness is late as well it says that instead: then it must be tried again.
	for try in 1 2 3 4 5; do
		out=$("$run" "$tmp/crowded.pkt" 2>&1)
		status=$?
		case $out in *"the harness was "*) ;; *) break ;; esac
	done
	same "programs that had no processor explain a failure" 125 $status
	case $out in
	*"the harness was "*) skip "which is said" "the harness was late in each of $try tries" ;;
	*) says "which is said" "the script's programs waited [0-9.]* ms for a processor before this" ;;
	esac
else
	skip "programs that had no processor explain a failure" "$(cat "$tmp/why")"
fi

# ---- statuses ----

echo '+0 soket(..., SOCK_STREAM, IPPROTO_TCP) = 3' | script wrong
status_is "a script that is wrong" 2 "$tmp/wrong.pkt"
says "its place" 'wrong.pkt:1:4: error: '
status_is "an option that does not exist" 2 --no-such-option "$tmp/probe.pkt"
status_is "no script" 2
status_is "a script that is not there" 2 "$tmp/nothing.pkt"
status_is "good and wrong" 2 "$tmp/probe.pkt" "$tmp/wrong.pkt"
status_is "failed and wrong" 1 "$live/fail/missing.pkt" "$tmp/wrong.pkt"
status_is "a dry run needs no kernel" 0 --dry_run "$live/fail/missing.pkt"
status_is "commands that are refused" 77 --no_commands "$live/fail/command.pkt"
says "and why" 'commands are not allowed'
status_is "code that is refused" 77 --no_commands "$live/pass/code.pkt"
status_is "good and skipped" 0 --no_commands "$tmp/probe.pkt" "$live/fail/command.pkt"

script no-sysctl <<'S'
sysctl net.ipv4.tcp_tw_recycle = 1
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
S
status_is "a sysctl that the kernel does not have" 77 "$tmp/no-sysctl.pkt"
says "which" 'this kernel has no sysctl net.ipv4.tcp_tw_recycle'
script no-counter <<'S'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 `touch played`
+0 counter(TCPPrequeued) = 0
S
status_is "a counter that only older kernels have" 77 "$tmp/no-counter.pkt"
says "which one" 'this kernel has no counter TCPPrequeued'
none "before anything is played" "$(ls played 2>/dev/null)"
script warned <<'S'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 close(3) = EBADF
+0 close(-1) = EPERM
S
status_is "a failure in a line that is hardly meant" 1 "$tmp/warned.pkt"
says "and what of it" 'warned.pkt:2:15: warning: no call returns EBADF, the number 9'
none "and not of what was not played" "$(printf '%s\n' "$out" | grep 'warned.pkt:3:')"
script no-value <<'S'
sysctl net.ipv4.tcp_congestion_control = no_such_thing
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
S
status_is "a sysctl's value that the kernel does not have" 77 "$tmp/no-value.pkt"
restricted=
for name in $(sysctl -n net.ipv4.tcp_available_congestion_control 2>/dev/null); do
	case " $(sysctl -n net.ipv4.tcp_allowed_congestion_control) " in
	*" $name "*) ;;
	*) restricted=$name ;;
	esac
done
if [ -n "$restricted" ]; then
	script restricted <<S
sysctl net.ipv4.tcp_congestion_control = $restricted
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
S
	status_is "a congestion control that only the machine may choose" 77 "$tmp/restricted.pkt"
	says "why, and what can be done" "allows only '[a-z ]*' in a namespace, not '$restricted': root can add it to net.ipv4.tcp_allowed_congestion_control; or set TCP_CONGESTION on the socket"
else
	skip "a congestion control that only the machine may choose" "this machine lets all have all that it has"
fi
script foreign-sysctl <<'S'
sysctl kernel.hostname = tcpclose
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
S
status_is "a sysctl that is not the namespace's" 2 "$tmp/foreign-sysctl.pkt"

# ---- commands ----

script no-link-local <<'S'
+0 `! grep '^fe80' /proc/net/if_inet6`
+0 link = down
+0 link = up
+0 `! grep '^fe80' /proc/net/if_inet6`
S
status_is "the device has no address of its own" 0 --ip_version=ipv6 "$tmp/no-link-local.pkt"
script failing-init <<S
\`echo begun >"$tmp/init"; exit 3\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
\`echo done >"$tmp/after-init"\`
S
status_is "an init command that fails" 1 "$tmp/failing-init.pkt"
says "its status" 'the command ended with status 3'
script cleanup <<S
\`true\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 close(3) = -1 EBADF
\`echo done >"$tmp/cleanup"\`
S
status_is "a failure before the cleanup command" 1 "$tmp/cleanup.pkt"
check "the cleanup command is run nevertheless" test -s "$tmp/cleanup"
script folder <<'S'
`test -f folder.pkt`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
S
status_is "commands are run where the script is" 0 "$tmp/folder.pkt"

# ---- input and output ----

out=$("$run" - <"$live/pass/server.pkt" 2>&1)
says "a script on standard input" '^3 passed'
status_is "-v passes" 0 -v "$live/pass/timestamps.pkt"
says "-v tells calls" '^ *0\.[0-9]* *accept(3, \.\.\., \.\.\.) = 4'
says "-v tells what is sent to the kernel" '^ *0\.[0-9]* *--> S 0:0(0) win 32792 <mss 1000,sackOK,TS val 200 ecr 0>'
says "-v tells what the kernel sends" '^ *0\.[0-9]* *<-- F\. 1:1(0) ack 1 '
status_is "a report in a file" 0 -o "$tmp/report" "$live/pass/server.pkt"
check "the report is there" grep -q '^3 passed' "$tmp/report"
status_is "a report that cannot be written" 2 -o "$tmp/nothing/report" "$tmp/probe.pkt"
if [ -w /dev/full ]; then
	"$run" "$tmp/probe.pkt" >/dev/full 2>"$tmp/full"
	same "a report that does not reach the disk" 125 $?
fi

status_is "--format=tap fails with its tests" 1 --format=tap "$tmp/probe.pkt" "$live/fail/missing.pkt"
same "--format=tap: plan and results" "1..2
not ok
ok" "$(printf '%s\n' "$out" | sed -n '/^1\.\./p; s/^\(not ok\|ok\) [12] .*/\1/p' | sort)"
if command -v python3 >/dev/null; then
	"$run" $patience --format=json "$live/pass/server.pkt" "$live/fail/wrong-ack.pkt" "$tmp/no-sysctl.pkt" \
		>"$tmp/report.json" 2>/dev/null
	check "--format=json: each line is an object" python3 -c '
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
verdicts = sorted(line["verdict"] for line in lines if "verdict" in line)
assert verdicts == ["FAIL", "PASS", "PASS", "PASS", "SKIP"], verdicts' "$tmp/report.json"
	"$run" $patience --format=junit "$live/pass/server.pkt" "$live/fail/wrong-ack.pkt" "$tmp/no-sysctl.pkt" \
		>"$tmp/report.xml" 2>/dev/null
	check "--format=junit: XML with its cases" python3 -c '
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
count = [len(list(root.iter(tag))) for tag in ("testcase", "failure", "skipped")]
assert count == [5, 1, 1], count' "$tmp/report.xml"
else
	skip "--format=json: each line is an object" "python3 is missing"
	skip "--format=junit: XML with its cases" "python3 is missing"
fi

status_is "--pcap passes" 0 --ip_version=ipv4 --pcap "$tmp/server.pcap" "$live/pass/server.pkt"
check "the capture file is there" test -s "$tmp/server.pcap"
if command -v tcpdump >/dev/null; then
	same "tcpdump reads six packets of it" 6 "$(tcpdump -n -r "$tmp/server.pcap" 2>/dev/null | grep -c 'Flags')"
else
	skip "tcpdump reads six packets of it" "tcpdump is missing"
fi
status_is "--pcap of a failure" 1 --pcap "$tmp/failure.pcap" "$live/fail/missing.pkt"
check "its capture file is there" test -s "$tmp/failure.pcap"
status_is "--pcap where nothing can be written" 125 --pcap "$tmp/nothing/x.pcap" "$tmp/probe.pkt"
status_is "--record passes" 0 --record "$tmp/recording" "$tmp/probe.pkt"
status_is "and its recording is played" 0 --replay "$tmp/recording" "$tmp/probe.pkt"
tap_end
