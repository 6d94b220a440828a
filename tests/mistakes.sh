#!/bin/sh
# Mistakes that people make, and what leads them to the right form. Each is found when the script is read,
# and is shown with its place, the caret and a hint. What the language itself refuses is in tests/language/.
. "$top_srcdir/tests/tap.sh"
tap_begin

# told NAME ARGUMENT... : what is said of x.pkt, without the lines of the report, is as in ./want.
told() {
	name=$1
	shift
	cat >want
	timeout 60 "$run" --dry_run "$@" x.pkt 2>err >out </dev/null
	same "$name" "$(cat want)" "$(cat err; sed '/^x\.pkt: ERROR/,$d; /^[A-Z][A-Z]* /d; /^[0-9]* passed/d' out)"
}

# ---- names that no kernel has ----

cat >x.pkt <<'S'
requires sysctl net.ipv4.tcp_synack_retires
sysctl net.ipv4.tcp_fin_timeuot = 5
sysctl net.ipv6.tcp_sack = 0
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 counter(TCPTimeouts2) = 0
+0 counter(TcpExtTCPTimeouts) = 0
+0 counter(TCPPrequeued) = 0
S
told "names of counters and sysctls" <<'S'
x.pkt:1:17: error: no known kernel has the sysctl net.ipv4.tcp_synack_retires
    requires sysctl net.ipv4.tcp_synack_retires
                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~
  hint: did you mean net.ipv4.tcp_synack_retries?
x.pkt:2:8: error: no known kernel has the sysctl net.ipv4.tcp_fin_timeuot
    sysctl net.ipv4.tcp_fin_timeuot = 5
           ^~~~~~~~~~~~~~~~~~~~~~~~
  hint: did you mean net.ipv4.tcp_fin_timeout?
x.pkt:3:8: error: no known kernel has the sysctl net.ipv6.tcp_sack
    sysctl net.ipv6.tcp_sack = 0
           ^~~~~~~~~~~~~~~~~
  hint: did you mean net.ipv4.tcp_sack?
x.pkt:5:12: error: no known kernel has the counter TCPTimeouts2
    +0 counter(TCPTimeouts2) = 0
               ^~~~~~~~~~~~
  hint: did you mean TCPTimeouts?
S

# ---- words of the other family ----

cat >x.pkt <<'S'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 < icmp unreachable host_unreachable [1:101(100)]
+0 < icmp unreachable protocol_unreachable [1:101(100)]
S
told "ICMP codes of IPv4 in IPv6" --ip_version=ipv6 <<'S'
x.pkt:2:23: error: unknown ICMP code 'host_unreachable' for unreachable
    +0 < icmp unreachable host_unreachable [1:101(100)]
                          ^~~~~~~~~~~~~~~~
  hint: that is IPv4's; in IPv6 it is: icmp unreachable address_unreachable
x.pkt:3:23: error: unknown ICMP code 'protocol_unreachable' for unreachable
    +0 < icmp unreachable protocol_unreachable [1:101(100)]
                          ^~~~~~~~~~~~~~~~~~~~
  hint: that is IPv4's; in IPv6 it is: icmp parameter_problem unknown_next_header
S
timeout 60 "$run" --ip_version=all --dry_run x.pkt >out 2>err
same "a script that is wrong in one family is good in the others" 2 \
	"$(grep -cE '^[A-Z]+ +x.pkt ipv4(-mapped-ipv6)? .* 0.00 s  not played$' out)"
cat >x.pkt <<'S'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 < icmp packet_too_big mtu 1280 [1:101(100)]
S
told "an ICMP type of IPv6 in IPv4" <<'S'
x.pkt:2:11: error: unknown ICMP type 'packet_too_big' for ipv4
    +0 < icmp packet_too_big mtu 1280 [1:101(100)]
              ^~~~~~~~~~~~~~
  hint: that is IPv6's; in IPv4 it is: icmp unreachable frag_needed
S

# ---- what is hardly meant ----

cat >x.pkt <<'S'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 close(3) = EBADF
S
cat >once <<'S'
x.pkt:2:15: warning: no call returns EBADF, the number 9
    +0 close(3) = EBADF
                  ^~~~~
  hint: an error is written -1 EBADF
S
told "warnings of a dry run" <once
told "once for all families" --ip_version=all <once
none "by the name packetdrill there are none" "$(ln -s "$run" packetdrill && ./packetdrill --dry_run x.pkt 2>&1 | grep warning)"
"$run" --dry_run x.pkt >out 2>/dev/null
same "warnings do not make a script wrong" 0 $?
"$run" --lint x.pkt >out 2>/dev/null
same "but with --lint" 2 $?
none "the shipped scripts have none, or say why" "$("$run" --lint "$top_srcdir/scripts" 2>&1 | grep -A 3 warning:)"

# ---- what was only looked at has not passed ----

echo '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' >good.pkt
# checked FORMAT TEXT: the report says so.
checked() {
	"$run" --dry_run --format=$1 good.pkt >out 2>&1
	same "$1: the status" 0 $?
	check "$1: checked" grep -qF -- "$2" out
	none "$1: and not passed" "$(grep -E '"verdict":"PASS"|[1-9][0-9]* passed|^PASS|data-verdict="PASS"' out)"
}
checked text '1 checked'
checked tap 'ok 1 ipv4 # SKIP checked: not played'
checked junit 'skipped="1"'
checked json '"verdict":"CHECKED"'
checked json '"CHECKED":1'
checked html 'data-verdict="CHECKED"'

tap_end
