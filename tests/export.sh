#!/bin/sh
# --export=packetdrill: what becomes of each kind of line, what is refused and where, and all shipped scripts: what
# they become is packetdrill's language, and passes under our name of packetdrill, and under the real one where
# there is one.
. "$top_srcdir/tests/tap.sh"
tap_begin
ln -s "$run" packetdrill

# ---- line by line ----

export_of() {
	"$run" --export=packetdrill one.pkt 2>&1 | sed -n '/^$/,$p' | sed '1d'
}

server='+0       socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0       bind(3, ..., ...) = 0
+0       listen(3, 1) = 0
+0       < S 0:0(0) win 1000 <mss 1000>
+0       > S. 0:0(0) ack 1 <mss 1460>
+.01     < . 1:1(0) ack 1 win 1000
+0       accept(3, ..., ...) = 4'

# becomes NAME WANTED LINE...: behind the handshake.
becomes() {
	name=$1 wanted=$2
	shift 2
	script one.pkt "$server" "$@"
	same "$name" "$wanted" "$(export_of | sed '1,7d; /lost: that nothing more is sent/d')"
}

becomes 'a call and its segment stay' '+.1      write(4, ..., 10) = 10
+0       > P. 1:11(10) ack 1' '+.1 write(4, ..., 10) = 10' '+0 > P. 1:11(10) ack 1'
becomes 'bytes are lost, times stay' '         // lost: the bytes of the data
+0~+.2   > P. 1:3(2) ack 1' '+0~+.2 > P. 1:3(2) ack 1 "ab"'
becomes 'an errno has its words' '+0       read(4, ..., 10) = -1 EAGAIN (Resource temporarily unavailable)' \
	'+0 read(4, ..., 10) = -1 EAGAIN'
becomes 'a state that a descriptor shows' '+.1      %{ assert tcpi_state == TCP_ESTABLISHED, tcpi_state }%' \
	'+.1 state(4) = ESTABLISHED'
becomes 'a state behind close(), and the time after it' '+0       close(4) = 0
+0       > F. 1:1(0) ack 1
         // lost: a state that no open descriptor shows
// +.1   state = FIN_WAIT_1
+0.15    < F. 1:1(0) ack 2 win 1000' '+0 close(4) = 0' '+0 > F. 1:1(0) ack 1' '+.1 state = FIN_WAIT_1' \
	'+.05 < F. 1:1(0) ack 2 win 1000'
becomes 'a silence before a segment' '         // nothing is sent until here
+1.1~+1.2 > F. 1:1(0) ack 1' '+1 silence' '+.1~+.2 > F. 1:1(0) ack 1'
becomes 'a counter' '         // lost: the value of counter
// +0    counter(TCPAbortOnClose) = 1' '+0 counter(TCPAbortOnClose) = 1'
becomes 'a RST needs a window' '+0       < R. 1:1(0) ack 1 win 0' '+0 < R. 1:1(0) ack 1'
becomes 'open numbers of options' '+0       > . 1:1(0) ack 1 <nop,nop,TS val 9000000 ecr 0>' \
	'+0 > . 1:1(0) ack 1 <nop,nop,TS val * ecr *>'
becomes 'a constant that is newer' '+0       setsockopt(4, SOL_TCP, 31, [1], 4) = 0' \
	'+0 setsockopt(4, SOL_TCP, TCP_ULP, [1], 4) = 0'
becomes 'data that is read' '         // lost: the bytes that were read
+0       read(4, ..., 10) = 2' '+0 read(4, "ab", 10) = 2'

script one.pkt 'sysctl net.ipv4.tcp_sack = 0' 'sysctl net.ipv4.tcp_rmem = 4096 8192 16384' \
	'sysctl net.ipv4.ip_local_port_range = "50000 50001"' '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3'
same 'sysctls become the init command' '`sysctl -q net.ipv4.tcp_sack=0
sysctl -q net.ipv4.tcp_rmem="4096 8192 16384"
sysctl -q net.ipv4.ip_local_port_range="50000 50001"
`' "$("$run" --export=packetdrill one.pkt | sed -n '/^`/,/^`$/p')"

# ---- refused ----

# refuses NAME PLACE TEXT LINE...: status 2, the place and the text, and nothing is written.
refuses() {
	name=$1 place=$2 text=$3
	shift 3
	script one.pkt "$server" "$@"
	rm -f out.pkt
	"$run" --export=packetdrill -o out.pkt one.pkt >out 2>&1
	status=$?
	if [ $status -eq 2 ] && grep -qF "one.pkt:$place: error: packetdrill has no words for this: $text" out &&
		[ ! -e out.pkt ]; then
		ok "refused: $name"
	else
		not_ok "refused: $name" "status $status: $(cat out)"
	fi
}

refuses 'ports of another connection' 8:6 'a second connection' '+0 < 5000 > 8080 S 0:0(0) win 1000'
refuses 'an open sequence number' 8:8 'a sequence number that is left open' '+0 > . *(0) ack 1'
refuses 'an open acknowledgment' 8:15 "'ack' with a number" '+0 > . 1:1(0) ack *'
refuses 'a process' 8:4 "'fork'" '+0 fork() = child'
refuses 'a number on the wire' 8:8 'a sequence number that is the one on the wire' '+0 < R 5:5(0)! win 0'
refuses 'two calls that block' 9:10 'a call while another one blocks' '+0...0.2 read(4, ..., 1) = 0' \
	'+0...0.1 read(4, ..., 1) = 0'
refuses 'a segment that may come' 8:8 'a segment that may come or not' '+0~+.1 maybe > R 1:1(0)'
refuses 'one of two' 8:27 'one of two segments' '+0 > R. 1:1(0) ack 1 or > R 1:1(0)'
refuses 'a connection after the first' 11:6 'a second connection on the same ports' '+0 < R. 1:1(0) ack 1' \
	'+0 accept(3, ..., ...) = 5' '+0 < S 0:0(0) win 1000' '+0 > S. 0:0(0) ack 1 <...>'

script table.pkt 'cases  name  n' '       one   1' '       two   2' '' \
	'+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' '+n close(3) = 0'
# What is no file must not become one: as root, -o /dev/null would take the device from everybody.
mkfifo pipe
timeout 60 cat pipe >through &
timeout 60 "$run" --export=packetdrill -o pipe one.pkt >out 2>&1
wait
check 'a pipe stays one' test -p pipe
same 'and what was written went through it' "$("$run" --export=packetdrill one.pkt)" "$(cat through)"
"$run" --export=packetdrill -o out.pkt table.pkt >out 2>&1
status=$?
same 'a table wants a folder' '2 yes' "$status $(grep -qF 'out.pkt: more than one test is written' out && echo yes)"
mkdir rows
"$run" --export=packetdrill -o rows table.pkt
same 'a table becomes files' 'table-one.pkt table-two.pkt' "$(cd rows && echo *)"
same 'a row of a table' '+2       close(3) = 0' "$("$run" --export=packetdrill --case=two table.pkt | grep 'close(')"
mkdir -p tree/a tree/b flat
script tree/a/x.pkt '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3'
cp tree/a/x.pkt tree/b/x.pkt
"$run" --export=packetdrill -o flat tree
same 'scripts of one name in two folders' 'a-x.pkt b-x.pkt' "$(cd flat && echo *)"
"$run" --export=packetdrill -o flat tree/a/x.pkt tree/b/x.pkt >out 2>&1
same 'scripts of one name that were named' "2 tree/b/x.pkt: not written: tree/a/x.pkt became flat/x.pkt already, so it wants a folder of its own" \
	"$? $(cat out)"
same 'standard input' "$("$run" --export=packetdrill table.pkt --case=two | grep 'close(')" \
	"$("$run" --export=packetdrill --case=two - <table.pkt | grep 'close(')"
"$run" --export=packetdrill --case=none table.pkt >out 2>&1
same 'a row that is not there' 2 $?
"$run" --export=packetdrill -o nowhere/ table.pkt --case=one >out 2>&1
same 'a folder that is not there' '2 nowhere/: cannot be written: No such file or directory' "$? $(cat out)"

# ---- which tests ----

sed 's/^cases/tag doubled\n&/' table.pkt >tagged.pkt
mkdir chosen
"$run" --export=packetdrill --select='tag(doubled) & case(two)' -o chosen tagged.pkt table.pkt
same '--select chooses scripts and rows' "0 tagged-two.pkt" "$? $(cd chosen && echo *)"
"$run" --export=packetdrill --select='tag(none)' -o chosen tagged.pkt >out 2>&1
same '--select leaves nothing' "2 tcpclose-run: no test matches --select='tag(none)'" "$? $(cat out)"
"$run" --format_script=check --select='tag(none)' tagged.pkt >out 2>&1
same '--select, where no test is played' "2 tcpclose-run: none of 1 scripts matches --select='tag(none)'" \
	"$? $(cat out)"
"$run" --format_script --tag=doubled table.pkt tagged.pkt >out 2>&1
same '--tag, where no test is played' 1 "$(grep -c '^cases' out)"
script lost.pkt '+0 silence' '+.1 counter(TCPAbortOnClose) = 0'
"$run" --export=packetdrill -o lost.out lost.pkt >out 2>&1
same 'a script of which nothing is left' \
	'2 lost.pkt:1:4: error: packetdrill has no words for any line of this script' "$? $(head -n 1 out)"
check 'and no file is written' test ! -e lost.out

"$run" --export=junit table.pkt >out 2>&1
same 'another tool' 2 $?

# ---- all shipped scripts ----

mkdir all
ln -s "$scripts" shipped
find shipped/ -name '*.pkt' >list
"$run" --export=packetdrill -o all $(cat list) >out 2>&1
written=$(ls all | wc -l)
same 'at least half of the shipped tests can be said' yes "$([ "$written" -ge 450 ] && echo yes || echo "$written")"
none 'each that cannot says why' "$(grep ': error: ' out | grep -v 'packetdrill has no words for this')"
none 'packetdrill can read each' "$(./packetdrill --dry_run all 2>&1 | grep '^ERROR\|error:' | head -n 5)"

# The quick ones, an eighth of them, under our name of packetdrill.
ls all | awk 'NR % 8 == 1' | while read -r name; do
	grep -q '^// known\|^// requires' "all/$name" || echo "all/$name"
done >few
./packetdrill --longest=2 $(cat few) >out 2>&1
status=$?
if [ $status -eq 77 ] || ! grep -q PASS out; then
	skip 'they pass under our name of packetdrill' "nothing can be played here: $(sed -n '/SKIP/p' out | head -n 1)"
else
	# What fails among many others is played by itself: a busy machine may be late.
	sed -n 's/^\(FAIL\|ERROR\)  *\(all[^ ]*\).*/\2/p' out >again
	[ ! -s again ] || ./packetdrill --longest=2 -j1 $(cat again) >out 2>&1
	none 'they pass under our name of packetdrill' "$(grep '^FAIL\|^ERROR' out | head -n 5)"
fi

# The real one: it has no namespace of its own, and is not ours to be late.
real=$(command -v packetdrill)
if [ -z "$real" ] || ! unshare -n true 2>/dev/null; then
	skip 'they pass under packetdrill' 'there is no packetdrill in the PATH, or no right to make a namespace'
else
	while read -r path; do
		for try in 1 2 3; do
			(cd all && unshare -n sh -c 'ip link set lo up; exec "$0" "$1"' "$real" "${path#all/}") \
				>>real.out 2>&1 && continue 2
		done
		echo "$path"
	done <few >failed
	none 'they pass under packetdrill' "$(cat failed)"
fi

tap_end
