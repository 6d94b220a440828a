#!/bin/sh
# Both ends real: a run that is killed leaves neither namespace, nor process, nor device; an ordinary
# user can have a link, too; what goes over it is in the capture file; what cannot be had is said.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"

cat >"$tmp/link.inc" <<'S'
sysctl net.ipv4.tcp_timestamps = 0
+0    peer: fork() = client
+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0    bind(3, ..., ...) = 0
+0    listen(3, 1) = 0
+.1   client: socket(..., SOCK_STREAM, IPPROTO_TCP) = 4
+0    client: connect(4, ..., ...) = 0
+0    < S 0:0(0) <...>
+0    > S. 0:0(0) ack 1 <...>
+0    < . 1:1(0) ack 1
+0    accept(3, ..., ...) = 5
S
cat >"$tmp/close.pkt" <<'S'
--real_peer
include "link.inc"
+.1   client: close(4) = 0
+0    < F. 1:1(0) ack 1
+0~+.06  > . 1:1(0) ack 2
+0    peer: state = FIN_WAIT_2
+0    state = CLOSE_WAIT
S
cat >"$tmp/long.pkt" <<'S'
--real_peer
+0    run("sleep 7531 & exec sleep 7532") = near
+0    peer: run("setsid sleep 7533 & exec sleep 7534") = far
+30   silence
S
cat >"$tmp/wrong.pkt" <<'S'
--real_peer
include "link.inc"
+.1   client: close(4) = 0
+0    < F. 2:2(0) ack 1
S

status_is "both ends of a close" 0 --ip_version=all "$tmp/close.pkt"
status_is "what the peer sends can be wrong" 1 "$tmp/wrong.pkt"
says "... and that is told" "wanted    F. 2:2(0) ack 1"

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null 2>&1; then
	chmod 644 "$tmp"/*.pkt "$tmp"/*.inc
	out=$(setpriv --reuid=65534 --regid=65534 --clear-groups "$run" $patience "$tmp/close.pkt" 2>&1)
	case $out in
	*"1 passed"*) ok "an ordinary user has both ends" ;;
	*SKIP*) skip "an ordinary user has both ends" "user namespaces are not allowed here" ;;
	*) not_ok "an ordinary user has both ends" "$out" ;;
	esac
else
	skip "an ordinary user has both ends" "only root can become one"
fi

# The file has both directions, and the model finds nothing in it.
play --pcap="$tmp/wire.pcap" "$tmp/close.pkt"
status_is "the capture file is one that can be read" 0 --check_pcap="$tmp/wire.pcap"
says "... with what both ends sent" '^[5-9] packets, 1 connection, 0 findings'

status_is "what two ends do is not recorded" 2 --record="$tmp/recording" "$tmp/close.pkt"
says "... which is told" "nothing can be recorded"

# None of the four sleepers, nor a namespace, is left when the run is killed.
sleepers() { grep -lsa 'sleep.753[1-4]' /proc/[0-9]*/cmdline; }
four() { [ "$(sleepers | wc -l)" -ge 4 ]; }
none() { [ -z "$(sleepers)" ]; }
for signal in KILL TERM INT; do
	"$run" $patience "$tmp/long.pkt" >"$tmp/out" 2>&1 &
	parent=$!
	if await four; then
		kill -$signal $parent
		wait $parent 2>/dev/null
		if await none; then
			ok "nothing is left after SIG$signal"
		else
			not_ok "nothing is left after SIG$signal" "$(sleepers)"
		fi
	else
		not_ok "nothing is left after SIG$signal" "it did not begin: $(cat "$tmp/out")"
	fi
done
tap_end
