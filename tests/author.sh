#!/bin/sh
# The commands that write and find scripts. Captures of shipped scripts become scripts that pass; a capture
# that cannot become a script is refused with the reason.
. "$top_srcdir/tests/tap.sh"
tap_begin

# refused NAME TEXT ARGUMENT...: status 2, a message with the text, and no file.
refused() {
	name=$1 text=$2
	shift 2
	rm -f none.pkt
	"$run" "$@" -o none.pkt >out 2>&1
	status=$?
	if [ $status -eq 2 ] && grep -qF -- "$text" out && [ ! -e none.pkt ]; then
		ok "$name"
	else
		not_ok "$name" "status $status: $(cat out)"
	fi
}

: >empty.pcap
echo 'not packets' >text.pcap
refused 'a capture that is not there' 'nowhere.pcap: No such file' --from_pcap=nowhere.pcap
refused 'an empty capture' 'empty.pcap is empty' --from_pcap=empty.pcap
refused 'no capture at all' 'unknown file format' --from_pcap=text.pcap
refused 'a directory' '. is a directory' --from_pcap=.
refused 'standard input' 'must be a file' --from_pcap=-
refused 'a script beside it' 'writes a script' --from_pcap=empty.pcap text.pcap
refused 'two kernels' '--from_pcap wants one kernel or stack' --kernel=running --kernel=running --from_pcap=x
refused 'a side without a capture' '--side is for --from_pcap' --side=client text.pcap

# played FAMILY SCRIPT [CASE]: the capture of a shipped script as x.pcap; false where none can be played.
played() {
	rm -f x.pcap
	"$run" --pcap=x.pcap --ip_version="$1" ${3:+--case="$3"} "$scripts/$2" >out 2>&1
}

# becomes FAMILY SCRIPT WORDS [CASE]: its capture becomes a script that passes and has a line with the words.
becomes() {
	name="$2 over $1"
	if ! played "$1" "$2" ${4:+"$4"}; then
		skip "$name" "it cannot be played here: $(sed -n '/SKIP/p' out | head -n 1)"
		return
	fi
	rm -f x.pkt
	if ! "$run" --from_pcap=x.pcap -o x.pkt >out 2>&1; then
		not_ok "$name" "$(cat out x.pkt)"
	elif ! grep -qF -- "$3" x.pkt; then
		not_ok "$name has '$3'" "$(cat x.pkt)"
	else
		check "$name" "$run" x.pkt
	fi
}
becomes ipv4 active-close/four-segments.pkt 'close('
becomes ipv6 active-close/four-segments.pkt '--ip_version=ipv6'
becomes ipv4 active-close/three-segments.pkt '// The kernel is 192.168.0.2:'
becomes ipv4 active-close/data-in-flight.pkt 'write(4, ..., 1000) = 1000'
becomes ipv4 reset/close-with-unread-data.pkt 'not all that came was read'
becomes ipv4 half-close/shut-wr-then-receive.pkt 'shutdown('
becomes ipv4 time-wait/bind-and-connect.pkt 'bind(4, ..., ...) = 0' always
becomes ipv4 syn-sent/write-early.pkt '+0...0.06'
becomes ipv4 linger/abort-closing.pkt '{onoff=1, linger=0}, 8) = 0  // assumed'
becomes ipv4 reports/end-of-file-before-the-end.pkt 'read(4, ..., 4000) = 4000'
becomes ipv4 urgent/recvmsg.pkt 'shutdown(4, SHUT_WR) = 0'
becomes ipv4 options/lent-memory-at-the-end.pkt 'write(4, ..., 5000) = 5000'

if played ipv4 active-close/four-segments.pkt; then
	refused 'a connection that is not there' 'none is 7' --from_pcap=x.pcap --flow=7
	refused 'a side that is none' '--side needs client' --from_pcap=x.pcap --side=left
	head -c 120 x.pcap >cut.pcap
	"$run" --from_pcap=cut.pcap -o cut.pkt >out 2>&1
	check 'a capture that is cut off is used as far as it goes' grep -q 'cut.pcap: after frame' out
	# Packets without end, in less memory than the file would take.
	cp x.pcap huge.pcap
	truncate -s 128M huge.pcap
	(ulimit -v 120000 && exec "$run" --from_pcap=huge.pcap -o huge.pkt) >out 2>&1
	if grep -q 'AddressSanitizer\|ReserveShadowMemory' out; then
		skip 'a large capture takes little memory' 'an address sanitizer takes more than the limit'
	else
		check 'a large capture takes little memory' grep -q 'huge.pcap: 7 packets; ' out
	fi
	rm huge.pcap
	"$run" --from_pcap=x.pcap 2>/dev/null >to-stdout
	check 'standard output is the script' "$run" to-stdout
	"$run" --from_pcap=x.pcap -o /nowhere/x.pkt >out 2>&1
	check 'a file that cannot be written' grep -q '^/nowhere/x.pkt: cannot be written: No such' out
else
	skip 'what is done with a capture' 'no script can be played here'
fi
# ---- --minimise ----

set -- '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' '+0 bind(3, ..., ...) = 0' '+0 listen(3, 1) = 0' \
	'+0 < S 0:0(0) win 65535 <mss 1460>' '+0 > S. 0:0(0) ack 1 <...>' \
	'+.01 < . 1:1(0) ack 1 win 65535' '+0 accept(3, ..., ...) = 4'
last='+0 close(4) = 0'
script pass.pkt "$@" "$last" '+0 > F. 1:1(0) ack 1'
script wrong.pkt "$@" '+0 clsoe(4) = 0'
script table.pkt '// One of them is wrong.' 'cases  name   unread' '       none   ""' \
	'       some   "< P. 1:51(50) ack 1 win 65535"' '' "$@" '+0 unread' '+.2 close(4) = 0' '+0 > F. 1:1(0) ack *'
script long.pkt '// A reset that is not wanted.' 'sysctl net.ipv4.tcp_sack = 1' "$@" \
	'+0 setsockopt(4, IPPROTO_TCP, TCP_NODELAY, [1], 4) = 0' \
	'+0 write(4, ..., 100) = 100' '+0 > P. 1:101(100) ack 1' '+.01 < . 1:1(0) ack 101 win 65535' \
	'// unread' '+0 < P. 1:51(50) ack 101 win 65535' '+0 > . 101:101(0) ack 51' \
	"$last" '+0 > F. 101:101(0) ack 51'
script short.pkt '// A reset that is not wanted.' "$@" \
	'// unread' '+0 < P. 1:2(1) ack 1 win 65535' '+0 > . 1:1(0) ack 2' \
	"$last" '+0 > F. 1:1(0) ack 2'
refused 'a script that is wrong' 'it has errors' --minimise wrong.pkt
refused 'two scripts' 'wants one script' --minimise pass.pkt long.pkt
refused 'a script that is not there' 'No such file' --minimise nowhere.pkt
if "$run" pass.pkt 2>&1 | grep -q '^PASS'; then
	script nothing.pkt "$@" '+0 write(4, ..., 100) = 100' '+0 > P. 1:101(100) ack 1' \
		'+0 < . 1:1(0) ack 101 win 65535' '+.1 > F. 101:101(0) ack 1'
	"$run" --minimise nothing.pkt -o x.pkt >out 2>&1
	# One of the two ACKs of the peer establishes the connection; nobody needs to accept it.
	same 'what does not come does not come in the same state' "7 1 +.1 > F. 1:1(0) ack 1" \
		"$(wc -l <x.pkt | tr -d ' ') $(grep -c 'S 0:0(0) win' x.pkt) $(tail -n 1 x.pkt)"
	refused 'a script that passes' 'it passes' --minimise pass.pkt
	"$run" --minimise long.pkt -o x.pkt >out 2>&1
	same 'lines, segments and bytes go, and the rest is renumbered' "$(cat short.pkt)" "$(cat x.pkt)"
	"$run" --minimise table.pkt -o x.pkt >out 2>&1
	same 'of a table the row that fails is left' "0 1 0" \
		"$(grep -c cases x.pkt) $(grep -c '< P. 1:2(1) ack 1 win 65535' x.pkt) $(grep -c unread x.pkt)"
	"$run" --minimise long.pkt -o x.pkt >out 2>&1
	"$run" --minimise x.pkt -o y.pkt >out 2>&1
	same 'the shortest stays as it is' "$(cat x.pkt)" "$(cat y.pkt)"
	script again.pkt '--ip_version=ipv4' 'sysctl net.ipv4.ip_local_port_range = 20000 20000' \
		'+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' '+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0' \
		'+0 connect(3, ..., ...) = -1 EINPROGRESS' '+0 > S 0:0(0) <...>' \
		'+.01 < S. 0:0(0) ack 1 win 20000 <mss 1000>' '+0 > . 1:1(0) ack 1' \
		'+0 connect(3, AF_UNSPEC, ...) = 0' '+0 > R. 1:1(0) ack 1' \
		'+.01 connect(3, ..., ...) = -1 EINPROGRESS' '+0 > S 20003:20003(0) <...>' \
		'+.01 < S. 0:0(0) ack 20004 win 20000 <mss 1000>' '+0 > . 20004:20004(0) ack 1' \
		'+0 close(3) = 0' '+0 > R. 20004:20004(0) ack 1'
	"$run" --minimise again.pkt -o x.pkt >out 2>&1
	same 'a first connection goes, and the numbers of the second begin at 0' \
		"8 +0 > S 0:0(0) <...> +0 > R. 1:1(0) ack 1" \
		"$(wc -l <x.pkt | tr -d ' ') $(sed -n 4p x.pkt) $(tail -n 1 x.pkt)"
else
	skip 'what is made shorter' 'no script can be played here'
fi
# ---- --strace ----

# A clock of its own; a call in two parts; a child that has the connection when its parent lets it go.
listener='3<TCP:[192.168.0.2:8080]>' connection='4<TCP:[192.168.0.2:8080->192.0.2.1:40001]>'
peer='{sa_family=AF_INET, sin_port=htons(40001), sin_addr=inet_addr("192.0.2.1")}'
own='{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.168.0.2")}'
script trace '100 1000000000.000100 execve("/usr/bin/server", ["server"], 0x7ffe /* 3 vars */) = 0' \
	'100 1000000000.000200 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3<TCP:[17]>' \
	'100 1000000000.000300 setsockopt(3<TCP:[17]>, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0' \
	'100 1000000000.000400 setsockopt(3<TCP:[17]>, SOL_TCP, 0xff /* TCP_??? */, "\1", 1) = 0' \
	"100 1000000000.000500 bind(3<TCP:[17]>, $own, 16) = 0" \
	"100 1000000000.000600 listen($listener, 5)  = 0" \
	"100 1000000000.000700 accept4($listener,  <unfinished ...>" \
	'99  1000000000.000800 write(1</dev/pts/0>, "3<TCP", 5) = 5' \
	"100 1000000007.000000 <... accept4 resumed>$peer, [16], SOCK_CLOEXEC) = $connection" \
	'100 1000000007.001000 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD) = 101' \
	"101 1000000007.001500 close($listener) = 0" \
	"100 1000000007.002000 close($connection) = 0" \
	"101 1000000007.003000 poll([{fd=$connection, events=POLLIN}], 1, 10) = 0 (Timeout)" \
	'101 1000000007.050000 --- SIGALRM {si_signo=SIGALRM} ---' \
	"101 1000000007.099000 shutdown($connection, SHUT_WR <unfinished ...>" \
	'101 1000000007.100000 exit_group(0) = ?' '101 1000000007.150000 +++ exited with 0 +++' \
	'100 1000000007.700000 +++ killed by SIGKILL +++'
script calls '+0      socket(..., SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3' \
	'+0      setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0' \
	'+0      bind(3, ..., ...) = 0' '+0      listen(3, 5) = 0' \
	'+0      accept4(3, ..., ..., SOCK_CLOEXEC) = 4' '+.1     close(4) = 0  // its process ended' \
	'+.2    close(3) = 0  // its process ended'

# unusable NAME TEXT LINE...: such a trace is refused.
unusable() {
	name=$1 text=$2
	shift 2
	script bad "$@"
	refused "$name" "$text" --from_pcap=x.pcap --strace=bad
}
refused 'a trace without a capture' '--strace is for --from_pcap' --strace=trace pass.pkt
if played ipv4 active-close/four-segments.pkt; then
	"$run" --from_pcap=x.pcap --strace=trace -o x.pkt >out 2>&1
	check 'a script with the calls of a trace passes' "$run" x.pkt
	same 'they are those made, in our words' "$(cat calls)" \
		"$(grep '(' x.pkt | grep '^+[^<>]*$' | sed 's/^+[.0-9]* *close(3)/+.2    close(3)/')"
	check 'what was not said is told' grep -qx \
		'// line 4 of the trace: there are no words for this setsockopt()' x.pkt
	check 'and what says nothing' grep -qx '// The calls are those of trace, without poll().' x.pkt
	check 'and that the clocks differ' grep -q '^// Its clock is not the capture.s: +.* s were added.$' x.pkt
	sed -e '/1000000007.00[1-9]/d' -e '/1000000007.[1-9]/d' -e '/1000000007.0[5-9]/d' trace >killed
	echo '100 1000000007.120000 +++ killed by SIGKILL +++' >>killed
	"$run" --from_pcap=x.pcap --strace=killed -o x.pkt >out 2>&1
	check 'a process that was killed closed before its FIN' grep -qx \
		'+[.0-9]* *close(4) = 0  // its process ended' x.pkt
	check '... and the script passes' "$run" x.pkt
	head -c -40 trace >cut
	"$run" --from_pcap=x.pcap --strace=cut -o x.pkt >out 2>&1
	check 'a trace that is cut off is used as far as it goes' grep -q 'cut:18: .*what came before is used' out
	refused 'a trace that is not there' 'nowhere: No such file' --from_pcap=x.pcap --strace=nowhere
	refused 'a folder as a trace' '.: Is a directory' --from_pcap=x.pcap --strace=.
	refused 'an empty trace' 'empty.pcap is empty' --from_pcap=x.pcap --strace=empty.pcap
	refused 'a capture as a trace' 'x.pcap:1: this is no' --from_pcap=x.pcap --strace=x.pcap
	unusable 'a trace without times' 'bad:1: this is no line of strace: it does not begin with a time' \
		'100 close(3) = 0'
	unusable 'times that begin each day' 'bad:1: this is no line of strace' '100 12:00:00.000000 close(3) = 0'
	unusable 'a line that is cut off' 'bad:2: the line is cut off' \
		"100 1000000000.000000 listen($listener, 5) = 0" \
		"100 1000000000.000000 accept4($listener, {sa_family=AF_IN" \
		'100 1000000001.000000 close(3) = 0'
	unusable 'a trace without -yy' 'bad has no TCP socket in its 1 lines' '100 1000000000.000000 close(3) = 0'
	unusable 'a trace of something else' 'bad has no call on a socket of 192.0.2.1:40001 > 192.168.0.2:8080' \
		'100 1000000000.000000 close(4<TCP:[192.168.0.2:8080->192.0.2.1:40002]>) = 0'
else
	skip 'what is done with a trace' 'no script can be played here'
fi

# ---- --new, and what include <FILE> finds ----

"$run" --new >names
check 'the beginnings are listed' grep -q '^  client-close-wait ' names
mkdir new
for name in $(sed 's/^  \([a-z0-9-]*\) .*/\1/' names); do
	"$run" --new="$name" -o "new/$name.pkt" >out 2>&1 || not_ok "--new=$name" "$(cat out)"
done
same 'each is written' "$(wc -l <names)" "$(ls new | wc -l)"
check 'none has a warning' "$run" --lint new
none 'all are well laid out' "$("$run" --format_script=check new 2>&1)"
if "$run" pass.pkt 2>&1 | grep -q '^PASS'; then
	check 'all pass as they are' "$run" --ip_version=all --tolerance_usecs=20000 new
else
	skip 'all pass as they are' 'no script can be played here'
fi
same 'a state alone is the server'\''s' "$(cat new/server-last-ack.pkt)" "$("$run" --new=last-ack)"
refused 'a name that there is not' 'did you mean client-closing?' --new=client-closin
"$run" --new=server -o new/client.pkt >out 2>&1
check 'a file that is there is left alone' grep -q 'new/client.pkt: cannot be written: File exists' out
refused 'a script beside it' '--new writes a script' --new=server pass.pkt

# found NAME TEXT ARGUMENT...: what --dry_run says of x.pkt has the text.
found() {
	name=$1 text=$2
	shift 2
	"$run" --dry_run "$@" x.pkt >out 2>&1
	if grep -qF -- "$text" out; then
		ok "$name"
	else
		not_ok "$name" "$(cat out)"
	fi
}
mkdir mine yours
script mine/ours.inc "$@"
script yours/ours.inc '+0 nonsense() = 0'
script yours/server.inc '+0 nonsense() = 0'
script x.pkt 'include <ours.inc>' '+0 close(4) = 0'
found 'a folder of -I' '1 checked' -I mine
found 'the first of two' '1 checked' --include=mine -I yours
found 'and not the second' 'yours/ours.inc:1:4: error' -I yours -I mine
found 'where it was looked for is told' "x.pkt:1:9: error: there is no <ours.inc> in mi/ne or $scripts/recipes" \
	-I mi/ne
script x.pkt 'include <server.inc>' '+0 close(4) = 0'
found 'a recipe of the tool' '1 checked' -I mine
found 'a folder of -I is before it' 'yours/server.inc:1:4: error' -I yours
script x.pkt 'include <sever.inc>'
found 'a name that is near' 'hint: did you mean <server.inc>?'
script x.pkt 'include "server.inc"'
found 'quotes in the place of brackets' 'hint: did you mean include <server.inc>?'
script mine/inner.inc 'include "ours.inc"'
script x.pkt 'include <inner.inc>' '+0 close(4) = 0'
found 'what it includes itself is beside it' '1 checked' -I mine


# A tree that was installed, wherever it is.
mkdir -p there/bin there/share/tcpclose/scripts
cp "$run" there/bin/
cp -r "$scripts/recipes" there/share/tcpclose/scripts/ && chmod -R u+w there
script x.pkt 'include <sever.inc>'
there/bin/tcpclose-run --dry_run x.pkt >out 2>&1
check 'what is installed beside the program is found' \
	grep -qF "there is no <sever.inc> in $tmp/there/share/tcpclose/scripts/recipes" out
rm -r there/share
there/bin/tcpclose-run --dry_run x.pkt >out 2>&1
check 'and else what configure was told of' grep -q 'there is no <sever.inc> in /.*/tcpclose/scripts/recipes$' out
script x.pkt 'include <inner.inc>' '+0 close(4) = -1'
if "$run" pass.pkt 2>&1 | grep -q '^PASS'; then
	"$run" -I mine --artifacts=kept x.pkt >out 2>&1
	check 'the folder is in the command that plays it again' \
		grep -q '^  again  *tcpclose-run --include=mine --ip_version=ipv4 x.pkt$' out
	"$run" -I mine --minimise x.pkt >out 2>/dev/null
	same 'it is known where a script is made shorter' 'include <inner.inc>
+0 close(4) = -1' "$(cat out)"
	rm -r mine
	TCPCLOSE_RUN=$run kept/x.pkt.ipv4/rerun.sh >out 2>&1
	check 'what is kept has what was included' grep -q '^script/x.pkt:2:15: FAIL' out
else
	skip 'what is kept has what was included' 'no script can be played here'
fi

# ---- --about ----

about() {
	"$run" --about="$1" "$scripts/$2" 2>&1 | sed "s|^$scripts/||"
}
same 'the best is the first' time-wait/paws.pkt "$(about 'paws duplicate anew' | sed 1q)"
same 'with the first sentence of its comment' \
	"    With tcp_rfc1337 = 1 the same reset is ignored: TIME_WAIT goes on, with its timer as it was, and still acknowledges a repeated FIN." \
	"$(about RFC1337 time-wait | sed -n 2p)"
same 'signs and letters do not matter' "$(about 'fin wait-2 orphan')" "$(about 'FIN_WAIT ORPHAN 2')"
same 'the shipped scripts when none is named' "$(about 'paws time wait')" \
	"$("$run" --about='paws time wait' | sed "s|^$scripts/||")"
same 'words that no script has' "none of 1 scripts has all of these words: xyzzy
2" "$("$run" --about=xyzzy pass.pkt 2>&1; echo $?)"

none 'nothing is left beside the files' "$(ls | grep '\.pkt\.')"
tap_end
