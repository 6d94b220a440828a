#!/bin/sh
# Plays scripts over a real wire (--wire_client, --wire_server): two hosts are two namespaces that veth joins.
# What goes wrong on the way says so in one line, and nothing is left of it.
. "$top_srcdir/tests/tap.sh"

if [ -z "${WIRE_INSIDE-}" ]; then
	[ "$(id -u)" -eq 0 ] && how=-n || how=-Urn
	WIRE_INSIDE=1
	export WIRE_INSIDE
	if unshare $how sh -c 'ip link set lo up && ip link add w0 type veth peer name w1 &&
		ip link add link w0 name m0 type macvlan mode private' >/dev/null 2>&1; then
		exec unshare $how sh "$0"
	fi
	echo "1..0 # SKIP no namespaces with veth and macvlan can be made here"
	exit 0
fi

# A world must be possible at all; this ends the test when it is not.
. "$top_srcdir/tests/live/world.sh"

ip link set lo up
ip link add w0 type veth peer name w1
ip address add 10.9.0.1/24 dev w0
ip address add fd09::1/64 dev w0 nodad
ip link set w0 up
# One that leads to nobody.
ip link add e0 type veth peer name e1
ip link set e0 up
ip link set e1 up
unshare -n sleep 600 &
far=$!
server=
trap 'kill $far $server 2>/dev/null; rm -rf "$tmp"' EXIT
waited=0
until [ "$(readlink /proc/$far/ns/net)" != "$(readlink /proc/self/ns/net)" ] || [ $((waited += 1)) -gt 50 ]; do
	sleep .1
done
ip link set w1 netns $far
there() { nsenter -n -t $far "$@"; }
there ip address add 10.9.0.2/24 dev w1
there ip address add fd09::2/64 dev w1 nodad
there ip link set lo up
there ip link set w1 up

umask 077
head -c 32 /dev/urandom >"$tmp/key"
head -c 32 /dev/urandom >"$tmp/other"

logged() { grep -q -e "$1" "$tmp/log"; }

serve() {
	: >"$tmp/log"
	nsenter -n -t $far "$run" --wire_server --wire_server_dev=w1 --wire_key="$tmp/key" >"$tmp/log" 2>&1 &
	server=$!
	await logged 'port 8081'
}
client="--wire_client --wire_server_at=10.9.0.2 --wire_client_dev=w0"
far_play() { play $client --wire_key="$tmp/key" "$@"; }

# What is on this host: a run must leave it so.
state_of_host() {
	ip -o link show | sed 's/^[0-9]*: //; s/ .*//'
	ip -o address show | sed 's/ *valid_lft.*//; s/ tentative//; s/[ \\]*$//'
	cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/tcp_fin_timeout
}
before=$(state_of_host)
unchanged() { same "$1" "$before" "$(state_of_host)"; }

# ---- the same verdicts ----

serve && ok "the server begins" || not_ok "the server begins" "$(cat "$tmp/log")"
scripts=$(find "$top_srcdir/scripts/active-close" "$top_srcdir/scripts/passive-close" "$top_srcdir/scripts/linger" \
	"$top_srcdir/scripts/half-close" -name '*.pkt' | sort | head -n 12)
verdicts() { printf '%s\n' "$out" | sed -n 's/^\([A-Z]*  *[^ ]*\.pkt[^ ]*  *[^ ]*\) .*/\1/p' | sort; }
# shellcheck disable=SC2086 # the names of scripts have no blanks
set -- $scripts
play --longest=2 "$@"
here=$(verdicts)
far_play --longest=2 "$@"
same "twelve scripts have the verdicts that they have without a wire" "$here" "$(verdicts)"
check "ten of them and more pass" test "$(verdicts | grep -c '^PASS')" -ge 10

cat >"$tmp/syn.pkt" <<'END'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 1000 <mss 1000>
+0 > S. 0:0(0) ack 1 <...>
END
far_play --ip_version=all "$tmp/syn.pkt"
says "all families" '3 passed, 0 failed'
play --wire_client --wire_server_at=fd09::2 --wire_client_dev=w0 --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/syn.pkt"
says "a control connection over IPv6" '1 passed, 0 failed'

cat >"$tmp/wrong.pkt" <<'END'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 1000 <mss 1000>
+0 > S. 0:0(0) ack 2 <mss 1460>
END
far_play --ip_version=ipv4 "$tmp/wrong.pkt"
same "a script that is wrong fails" 1 "$status"
says "... with what was seen on the wire" 'wanted.*ack 2.*seen.*ack 1\|ack.*2.*1'

# A server that is slow makes us late, and then a failure says nothing of the kernel.
while kill -STOP $server; do
	sleep .15
	kill -CONT $server
	sleep .03
done 2>/dev/null &
slowing=$!
sed 's/^+0 </+.1 </' "$tmp/wrong.pkt" >"$tmp/late.pkt"
out=$("$run" $client --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/late.pkt" 2>&1)
status=$?
kill $slowing
wait $slowing 2>/dev/null
kill -CONT $server
same "a server that is slow: nothing is known of the kernel" 125 "$status"
says "... because we were late" 'ms late.* before this, more than the tolerance\|can only be compared within'

# ---- what goes wrong on the way ----

cat >"$tmp/long.pkt" <<'END'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+5 close(3) = 0
END

play $client --wire_key="$tmp/other" --ip_version=ipv4 "$tmp/long.pkt"
says "a wrong key is refused" 'wire server 10.9.0.2: it refuses this client; its key file is probably another one'
same "... and nothing is known of the kernel" 125 "$status"
check "... and the server says so" await logged '10.9.0.1: refused: the other side has another key'

play $client --wire_server_port=8082 --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/long.pkt"
says "nobody serves there" 'wire server 10.9.0.2: no connection to port 8082: Connection refused'

play --wire_client --wire_server_at=10.9.0.2 --wire_client_dev=w7 --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/long.pkt"
says "there is no such device" 'there is no device w7'

play --wire_client --wire_server_at=10.9.0.2 --wire_client_dev=e0 --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/syn.pkt"
says "a device that leads elsewhere is not the kernel's fault" 'it sends, but nothing goes over the wire'
play --wire_client --wire_server_at=10.9.0.2 --wire_client_dev=lo --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/syn.pkt"
says "a device without Ethernet" "a macvlan of the client's device, which must be an Ethernet one"

"$run" $client --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/long.pkt" >"$tmp/out" 2>&1 &
first=$!
begins() { [ "$(grep -c 'a test begins' "$tmp/log")" -gt "$1" ]; }
await begins "$(grep -c 'a test begins' "$tmp/log")"
out=$("$run" --timeout=30 $client --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/syn.pkt" 2>&1)
case $out in
*'perhaps it serves another client'* | *'1 passed'*) ok "two clients at once: the second waits, or is told why not" ;;
*) not_ok "two clients at once: the second waits, or is told why not" "$out" ;;
esac
wait $first
same "... and the first goes on" 0 $?

play $client --ip_version=ipv4 "$tmp/long.pkt"
says "no key is named" 'wire_key'
play $client --wire_key="$tmp/none" --ip_version=ipv4 "$tmp/long.pkt"
says "the key is not there" 'none: No such file or directory'
: >"$tmp/short"
play $client --wire_key="$tmp/short" --ip_version=ipv4 "$tmp/long.pkt"
says "a key that is empty" 'must have 16 to 4096 bytes'
chmod 644 "$tmp/other"
play $client --wire_key="$tmp/other" --ip_version=ipv4 "$tmp/long.pkt"
says "a key that others may read" "others than its owner may use the key file .*/other: chmod 600"
unchanged "none of these changed the host"

# ---- ended early ----

"$run" $client --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/long.pkt" >"$tmp/out" 2>&1 &
killed=$!
tests_begun() { [ "$(grep -c 'a test begins' "$tmp/log")" -gt "$1" ]; }
tests_over() { [ "$(grep -c 'a test begins' "$tmp/log")" -eq "$(grep -c 'the test is over' "$tmp/log")" ]; }
begun=$(grep -c 'a test begins' "$tmp/log")
await tests_begun "$begun" || await tests_begun $((begun - 1))
sleep .5
kill -9 $killed
wait $killed 2>/dev/null
check "a client that is killed: the server notices" await tests_over
unchanged "... and the host is as it was"

"$run" $client --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/long.pkt" >"$tmp/out" 2>&1 &
stopped=$!
begun=$(grep -c 'a test begins' "$tmp/log")
await tests_begun "$begun" || await tests_begun $((begun - 1))
sleep .5
kill -TERM $stopped
wait $stopped
same "a client that is stopped" 143 $?
check "... and the server notices" await tests_over
unchanged "... and the host is as it was, too"

# ---- the cable is pulled; the control connection has another one ----

ip link add c0 type veth peer name c1
ip address add 10.8.0.1/24 dev c0
ip link set c0 up
ip link set c1 netns $far
there ip address add 10.8.0.2/24 dev c1
there ip link set c1 up
sed 's/^+0 </+2 </' "$tmp/syn.pkt" >"$tmp/later.pkt"
# pulled COMMAND...: plays while COMMAND pulls the cable.
pulled() {
	begun=$(grep -c 'a test begins' "$tmp/log")
	"$run" --wire_client --wire_server_at=10.8.0.2 --wire_client_dev=w0 --wire_key="$tmp/key" --ip_version=ipv4 \
		"$tmp/later.pkt" >"$tmp/out" 2>&1 &
	running=$!
	await tests_begun "$begun"
	sleep .5
	"$@"
	wait $running
	status=$?
	out=$(cat "$tmp/out")
}
pulled there ip link set w1 down
same "the server's cable is pulled: nothing is known of the kernel" 125 "$status"
says "... and the server says why" "wire server 10.8.0.2: the server's device: Network is down"
there ip link set w1 up
pulled ip link set w0 down
same "the client's cable is pulled: nothing is known of the kernel" 125 "$status"
says "... and it says why" "device has no carrier\|it sends, but nothing goes over the wire"
ip link set w0 up
ip address add fd09::1/64 dev w0 nodad 2>/dev/null
there ip address add fd09::2/64 dev w1 nodad 2>/dev/null
far_play --ip_version=ipv4 "$tmp/syn.pkt"
says "... and when it is back the next one passes" '1 passed'
ip link del c0

# ---- a link that is slow ----

# 8 kbit/s: behind the first frames each takes a tenth of a second, so that the clocks cannot be compared.
if there tc qdisc add dev w1 root tbf rate 8kbit burst 1600 latency 20s 2>/dev/null; then
	play $client --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/syn.pkt"
	case $status in
	0 | 125) ok "a slow link: nothing that is wrong is said of the kernel" ;;
	*) not_ok "a slow link: nothing that is wrong is said of the kernel" "$out" ;;
	esac
	there tc qdisc del dev w1 root
	far_play --ip_version=ipv4 "$tmp/syn.pkt"
	says "... and when it is fast again the next one passes" '1 passed'
else
	skip "a slow link" "tc cannot make one here"
fi

# ---- a server that ends ----

"$run" $client --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/long.pkt" >"$tmp/out" 2>&1 &
running=$!
begun=$(grep -c 'a test begins' "$tmp/log")
await tests_begun "$begun" || await tests_begun $((begun - 1))
sleep .5
kill -9 $server
wait $server 2>/dev/null
wait $running
status=$?
out=$(cat "$tmp/out")
same "a server that is killed: nothing is known of the kernel" 125 "$status"
says "... and the client says why" 'wire server 10.9.0.2: '
unchanged "... and the host is as it was after it"
none "... and so is the server's" "$(there ip -o link show | grep -v ' lo: \| w1')"

# ---- another version, and nonsense ----

# fake BYTES: plays against a server that sends these bytes, an expression of Python.
if command -v python3 >/dev/null; then
	fake() {
		: >"$tmp/log"
		nsenter -n -t $far python3 -c '
import socket, sys
listener = socket.create_server(("10.9.0.2", 8081))
print("ready", flush=True)
while True:
    peer = listener.accept()[0]
    peer.sendall(eval(sys.argv[1]))
    try:
        while peer.recv(4096):
            pass
    except OSError:
        pass' "$1" >"$tmp/log" 2>&1 &
		server=$!
		await logged ready
		play $client --wire_key="$tmp/key" --ip_version=ipv4 "$tmp/long.pkt"
		kill $server
		wait $server 2>/dev/null
	}
	fake 'b"tcpclose" + b"\0\2" + bytes(32)'
	says "a server of another version" 'speaks version 2 of the protocol, and this one 1: install the same tcpclose'
	fake 'b"HTTP/1.0 400 Bad request\r\n\r\n" + bytes(32)'
	says "a server of something else" "the other side does not speak tcpclose's protocol"
	fake 'b"tcpclose" + b"\0\1" + bytes(32) + b"\xff" * 64'
	says "a message that is too long" 'the other side sent a message that is too long'
	fake 'b"tcpclose" + b"\0\1" + bytes(32) + b"\0\0\0\6\4" + bytes(6 + 32)'
	says "a message without a good seal" 'the other side has another key'

	serve
	there python3 -c '
import socket
for first in (b"GET / HTTP/1.0\r\n\r\n", b"tcpclose\0\2" + bytes(32), b"tcpclose\0\1" + bytes(32) + b"\xff" * 99):
    with socket.create_connection(("10.9.0.2", 8081)) as peer:
        try:
            peer.sendall(first)
            while peer.recv(4096):
                pass
        except OSError:
            pass'
	check "a client of something else is refused" await logged "refused: the other side does not speak tcpclose's"
	check "a client of another version is refused" await logged 'refused: the other side speaks version 2'
	check "a client with a message too long is refused" await logged 'refused: the other side sent a message that is too'
	far_play --ip_version=ipv4 "$1"
	same "... and the next one is served" 0 "$status"
else
	skip "other versions, and nonsense" "there is no python3"
fi
tap_end
