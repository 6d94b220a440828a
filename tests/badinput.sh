#!/bin/sh
# What cannot be played is refused: with the status for a wrong script or command line, with a message
# about it, without anything that looks like a pass, and without a crash or a leak (in a build with the
# sanitizers). The messages for errors of the language are in tests/language/.
. "$top_srcdir/tests/tap.sh"
tap_begin

# ends STATUS TEXT ARGUMENT...: the program ends with the status and prints the text; nothing has passed.
ends() {
	want=$1 text=$2
	shift 2
	timeout 60 "$run" "$@" >out 2>err </dev/null
	status=$?
	[ $status -eq "$want" ] || echo "the status is $status, not $want"
	cat out err | grep -qF -e "$text" || echo "nothing says: $text"
	[ "$want" -eq 0 ] || ! grep -E '^PASS|^CHECKED|[1-9][0-9]* (passed|checked)' out
	grep -hE 'Sanitizer|runtime error|core dumped' out err
	return 0
}

# refused NAME TEXT ARGUMENT...
refused() {
	name=$1
	shift
	problem=$(ends 2 "$@")
	none "$name" "${problem:+$problem
$(head -n 20 out err)}"
}

# wrong NAME TEXT LINE...: a script of these lines.
wrong() {
	name=$1 text=$2
	shift 2
	printf '%s\n' "$@" >wrong.pkt
	refused "$name" "$text" --dry_run wrong.pkt
}

socket='+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3'
echo "$socket" >good.pkt
printf 'covers X-1\n%s\n' "$socket" >covers.pkt
none "the good one is good" "$(ends 0 '1 checked' --dry_run good.pkt)"

# ---- files ----

refused "no such script" "none.pkt: No such file or directory" none.pkt
refused "a name that is empty" "No such file or directory" ''
refused "no script at all" "no script given"
refused "a wrong one beside a good one" "none.pkt" good.pkt none.pkt
: >empty.pkt
refused "an empty script" "empty.pkt: the script has no events" empty.pkt
printf '\n\n// only words\n' >comment.pkt
refused "a script of comments" "the script has no events" comment.pkt
printf '%s\n\0' "$socket" >nul.pkt
refused "a NUL byte" "nul.pkt: it holds a NUL byte, so it is no text" nul.pkt
head -c 100000 "$run" >program.pkt
refused "a program" "program.pkt: it holds a NUL byte" program.pkt
head -c 4000 /dev/urandom | tr -d '\000' >noise.pkt
refused "noise" "error: " --dry_run noise.pkt
printf '\377\376%s\n' "$socket" >bom.pkt
refused "another encoding" "a byte 0xff has no meaning here" --dry_run bom.pkt
printf '\357\273\277%s\n' "$socket" >utf8.pkt
none "a byte order mark in UTF-8" "$(ends 0 '1 checked' --dry_run utf8.pkt)"
printf '%s\r\n' "$socket" "+0 close(3) = 0" >crlf.pkt
none "lines that end with CR LF" "$(ends 0 '1 checked' --dry_run crlf.pkt)"
printf '%s' "$socket" >last.pkt
none "no newline at the end" "$(ends 0 '1 checked' --dry_run last.pkt)"
escape=$(printf 'a\033[31m.pkt')
echo '+0 close(' >"$escape"
refused "a name that steers a terminal" 'a?[31m.pkt:1:10: error:' --dry_run "$escape"
none "... does not" "$(grep "$(printf '\033')" out err)"
rm "$escape"
mkdir folder folder/sub
refused "a folder without scripts" "folder: there is no script (*.pkt) in it" folder
ln -s loop.pkt loop.pkt
refused "a link to itself" "loop.pkt: Too many levels of symbolic links" loop.pkt
echo "$socket" >secret.pkt
chmod 0 secret.pkt
if [ -r secret.pkt ]; then
	skip "a script that may not be read" "root may read it"
else
	refused "a script that may not be read" "secret.pkt: Permission denied" secret.pkt
fi
refused "a device without an end" "/dev/zero: it is too large for a script" --dry_run /dev/zero
dd if=/dev/null of=huge.pkt bs=1048576 seek=65 2>dd.err
refused "a script beyond the limit" "huge.pkt: it is too large for a script" --dry_run huge.pkt
rm huge.pkt

# ---- long, and legal ----

awk -v first="$socket" 'BEGIN {
	print first
	for (i = 0; i < 200000; i++)
		print "+0 listen(3, 1) = 0"
}' >long.pkt
none "200000 lines" "$(ends 0 '1 checked' --dry_run long.pkt)"
rm long.pkt
awk 'BEGIN { for (i = 0; i < 100000; i++) print "+0 nonsense(" i ") = 0" }' >errors.pkt
refused "100000 errors" "unknown system call 'nonsense'" --dry_run errors.pkt
awk 'BEGIN { for (i = 0; i < 100000; i++) print "+0 (" }' >errors.pkt
refused "100000 errors of syntax" "syntax error" --dry_run errors.pkt
awk 'BEGIN { printf "+0 close("; for (i = 0; i < 1000000; i++) printf "["; print "" }' >errors.pkt
refused "a million brackets" "this is nested too deeply" --dry_run errors.pkt
awk 'BEGIN { printf "+0 socket("; for (i = 0; i < 1000000; i++) printf "x"; print "" }' >errors.pkt
refused "a line of a million letters" "syntax error" --dry_run errors.pkt
rm errors.pkt

# ---- tables of cases ----

wrong "a column that is called state" "wrong.pkt:1:14: error: a column cannot be called 'state'" \
	'cases  name  state' '       one   FIN_WAIT_1' '       two   FIN_WAIT_2' "$socket" '+0 state = state'
same "and nothing else is complained of" 1 "$(cat out err | grep -c 'error:')"

awk -v socket="$socket" 'BEGIN {
	print "cases name value"
	for (i = 0; i < 1000; i++)
		print "  case" i " " i
	print socket
}' >many.pkt
none "a table of 1000 cases" "$(ends 0 '1000 checked' --dry_run many.pkt)"

# ---- includes ----

wrong "an include of nothing" "cannot read none.inc: No such file or directory" 'include "none.inc"'
wrong "an include of a device" "cannot read /dev/zero: it is no regular file" 'include "/dev/zero"'
mkfifo fifo.inc
wrong "an include of a FIFO that nobody writes" "cannot read fifo.inc: it is no regular file" \
	'include "fifo.inc"'
wrong "an include of itself" "wrong.pkt includes itself" 'include "wrong.pkt"'
printf 'include "./%s"\n' two.inc >one.inc
printf 'include "././%s"\n' one.inc >two.inc
wrong "a circle of includes under ever new names" "texts are nested too deeply" 'include "one.inc"'

# ---- events ----

wrong "an unknown call" "did you mean socket?" '+0 sokcet(..., SOCK_STREAM, 0) = 3'
wrong "an unknown constant" "did you mean SOCK_STREAM?" '+0 socket(..., SOCK_STRAEM, 0) = 3'
wrong "an unknown option" "did you mean --tolerance_usecs?" '--tolerance_usec=5' "$socket"
wrong "too few arguments" "socket takes 3 arguments, not 2" '+0 socket(..., SOCK_STREAM) = 3'
wrong "an argument of the wrong kind" "argument 2 of listen must be a number" "$socket" '+0 listen(3, "x") = 0'
wrong "a length that does not fit" "ends at 101, not at 100" '+0 < P. 1:100(100) ack 1 win 1'
wrong "a sequence number beyond 32 bits" "out of range" '+0 < . 4294967296:4294967296(0) win 1'
wrong "a descriptor that nobody opened" "descriptor 4 was never opened" "$socket" '+0 close(4) = 0'
wrong "time that goes backwards" "time goes backwards" '1 socket(..., SOCK_STREAM, 0) = 3' '0.5 close(3) = 0'
wrong "an open string" "this string is not closed" '+0 open("x, O_RDONLY) = 3'
wrong "an open comment" "this comment is not closed" '/* x' "$socket"
wrong "open code" "this code block is not closed with }%" "$socket" '+0 %{ x'
wrong "an open command" "this command is not closed with a back-quote" "$socket" '+0 `ls'
wrong "an option behind an event" "options come before the first event" "$socket" '--mtu=1400'
wrong "a sysctl of the whole machine" "only sysctls of the namespace" 'sysctl kernel.panic = 1' "$socket"
wrong "a cell too many" "this case has 3 cells, the table has 2 columns" \
	'cases name n' '      a    1 2' '' '+0 listen(3, n) = 0'
wrong "an action in a string that is none" "syntax error" '+0 "close(3"'

# Nothing is played of what has an error anywhere.
printf '%s\n' '`touch played`' "$socket" '+0 `touch played`' '+0 clsoe(3) = 0' >wrong.pkt
refused "an error in the last line" "did you mean close?" wrong.pkt
check "... and nothing was played" test ! -e played

# ---- values of options, in a script and on the command line ----

# bad OPTION TEXT
bad() {
	wrong "$1 in a script" "$2" "$1" "$socket"
	refused "$1 on the command line" "$2" "$1" --dry_run good.pkt
}
bad --mtu=x "--mtu: its value must be a number"
bad --mtu=70000 "--mtu: the number is out of range"
bad --mtu=-1 "--mtu: the number is out of range"
bad --mtu=1.5 "--mtu: its value must be a whole number"
bad --mtu=inf "--mtu: the number is out of range"
bad --bind_port=0 "--bind_port: the number is out of range"
bad --connect_port=65536 "--connect_port: the number is out of range"
bad --tolerance_usecs=0 "--tolerance_usecs: the number is out of range"
bad --tolerance_percent=nan "--tolerance_percent: the number is out of range"
bad --local_ip=1.2.3 "--local_ip: its value must be an IP address"
bad --ip_version=ipv5 "--ip_version: its value must be ipv4, ipv6, ipv4-mapped-ipv6 or all"
bad --unexpected=maybe "--unexpected: its value must be fail or ignore"
bad --non_fatal=all "--non_fatal: its value must be packet, syscall or both"
bad --strict_segments=yes takes no value
bad --define=X "--define: its value must be NAME=VALUE"
bad --psp_udp_port=1 "--psp_udp_port: not supported"
refused "--mtu without a value" "--mtu" --dry_run good.pkt --mtu
bad --ip_version=ipv4,ipv5 "--ip_version: its value must be ipv4, ipv6, ipv4-mapped-ipv6 or all"

# ---- the command line ----

refused "an unknown option" "unknown option --nonsense" --nonsense good.pkt
refused "an unknown letter" "unknown option -X" -X good.pkt
refused "an unknown format" "there is no report format 'foo'" --format=foo good.pkt
refused "a report of no format" "a.foo is that of no report format" --report=a.foo good.pkt
refused "a shard that is none" "--shard wants I/N" --shard=3/2 good.pkt
refused "no word of --reasons" "--reasons wants again, always or never, not 'maybe'" --reasons=maybe good.pkt
refused "no jobs" "--jobs wants a number" --jobs=0 good.pkt
refused "repeated x times" "--repeat wants a number" --repeat=x good.pkt
refused "no time" "--timeout wants seconds" --timeout=0 good.pkt
refused "a wire without a server" "--wire_client wants --wire_server_at=HOST" --wire_client good.pkt
refused "a wire without a device" "--wire_client wants --wire_client_dev=DEVICE" --wire_server_at=h good.pkt
refused "a wire without a key" "--wire_server wants --wire_key=FILE" --wire_server --wire_server_dev=lo
refused "both ends of a wire" "contradict each other" --wire_server --wire_client --wire_server_at=h \
	--wire_server_dev=lo --wire_client_dev=lo --wire_key=k good.pkt
refused "a script for a wire server" "--wire_server plays no script" --wire_server --wire_server_dev=lo --wire_key=k good.pkt
refused "a key for nothing" "--wire_client or --wire_server is missing" --wire_key=k good.pkt
refused "a port that is none" "--wire_server_port wants a number" --wire_server_port=0 good.pkt
refused "an open parenthesis" "this parenthesis is not closed" --select='tag(' good.pkt
refused "a filter that fits nothing" "matches --filter='zzz'" --filter=zzz good.pkt
refused "a recording and a replay" "--record and --replay contradict each other" \
	--record=a --replay=b good.pkt
refused "one recording of two scripts" "is for one test" --record=a good.pkt good.pkt
refused "claims without coverage" "--claims is for --coverage" --claims=x good.pkt
refused "no list of known bugs" "none: No such file or directory" --known=none good.pkt
refused "no timings" "none: No such file or directory" --timings=none good.pkt

# ---- where nothing can be written ----

refused "no such folder for the report" "cannot write none/x: No such file or directory" -o none/x good.pkt
refused "a folder in the place of the report" "cannot write folder: Is a directory" -o folder good.pkt
refused "no place for artifacts" "Not a directory" --artifacts=good.pkt/x good.pkt
if [ -w /dev/full ]; then
	for format in $("$run" --help | sed -n '/^Formats/,/^$/s/^  *\([a-z]*\)  *\..*/\1/p'); do
		"$run" --dry_run --format=$format good.pkt >/dev/full 2>err
		same "a full disk, $format" "125: No space left on device" "$?: $(sed -n 's/.*: //p' err)"
	done
	"$run" --dry_run -o /dev/full good.pkt >out 2>err
	same "a full disk under --output" 125 $?
	check "... which is said" grep -q 'cannot write the report to /dev/full: No space left' err
else
	skip "a full disk" "there is no /dev/full"
fi

"$run" --dry_run good.pkt >&- 2>err
same "a standard output that is closed" "125: Bad file descriptor" "$?: $(sed -n 's/.*: //p' err)"
"$run" --dry_run - <&- >out 2>err
same "a standard input that is closed" "2: error: -: Bad file descriptor" "$?: $(grep -h error: out err)"
(ulimit -f 0; "$run" --dry_run -o small.txt good.pkt 2>&1; echo "status $?") | cat >out
check "a report beyond the limit for files" grep -q 'cannot write the report to small.txt: File too large' out
check "... and its status" grep -q 'status 125' out
mkdir -p tree/shut
cp good.pkt tree
chmod 0 tree/shut
if [ -r tree/shut ]; then
	skip "a folder within that may not be read" "root may read it"
else
	refused "a folder within that may not be read" "tree/shut: Permission denied" tree
fi
chmod 755 tree/shut

# ---- a disk that is full, a machine that lacks something ----

# inside NAME STATUS TEXT COMMAND...: with mounts and limits of its own, which only this shell sees.
inside() {
	name=$1 want=$2 text=$3
	shift 3
	printf '%s\n' "$@" >inside.sh
	run=$run unshare -rm sh -e inside.sh >out 2>err
	same "$name" "$want: yes" "$?: $(cat out err | grep -qF -e "$text" && echo yes || cat out err)"
}

# What the kernel needs for the script is there, or all that follows says nothing.
"$run" good.pkt >out 2>err </dev/null && played=yes || played=no
if [ $played = no ] || ! command -v setpriv >err || ! unshare -rm true 2>err; then
	skip "a full disk, and what a machine lacks" "$(cat out err)"
	tap_end
fi
printf '%s\n' "$socket" '+0 close(3) = -1 EBADF' >fail.pkt
mkdir disk
full='mount -t tmpfs -o size=16k none disk'
most='head -c 12288 /dev/zero >disk/fill'
fill='head -c 16384 /dev/zero >disk/fill 2>/dev/null || :'
none "a pcap on a full disk is told" "$(ends 125 'cannot write /dev/full: No space left on device' \
	--pcap=/dev/full --ip_version=ipv4 good.pkt | grep -v '^PASS\|passed')"
check "... and the result stays" grep -q '^1 passed' out
none "a recording on a full disk is told" "$(ends 125 'cannot write /dev/full: No space left on device' \
	--record=/dev/full --ip_version=ipv4 good.pkt | grep -v '^PASS\|passed')"
check "... and the result stays" grep -q '^1 passed' out
none "... a failure, too" "$(ends 1 'cannot write /dev/full: No space left on device' \
	--record=/dev/full --ip_version=ipv4 fail.pkt | grep -v '^FAIL')"
check "... which it is" grep -q '0 passed, 1 failed' out
inside "no space for the artifacts of a failure" 1 "No space left on device" "$full" "$fill" \
	'"$run" --artifacts=disk/kept --ip_version=ipv4 fail.pkt'
check "... which is explained nevertheless" grep -q 'close returned 0' out
inside "no space for those of a pass matters to nobody" 0 "1 passed" "$full" "$fill" \
	'"$run" --artifacts=disk/kept --ip_version=ipv4 good.pkt'
inside "no space for one of two reports" 125 "cannot write the report to disk/a.html: No space" \
	"$full" "$most" '"$run" --report=disk/a.html --report=b.json --ip_version=ipv4 good.pkt'
check "... and the other is whole" grep -q '"verdict":"PASS"' b.json
inside "no space for a report of a failure" 1 "cannot write the report to disk/a.html: No space" \
	"$full" "$most" '"$run" --report=disk/a.html --ip_version=ipv4 fail.pkt'
inside "no space for the timings" 125 "cannot write disk/times: No space left" \
	"$full" "$fill" '"$run" --save_timings=disk/times --ip_version=ipv4 good.pkt'
inside "no space for the coverage" 125 "cannot write the coverage to disk/ids: No space left" \
	"$full" "$fill" '"$run" --coverage=disk/ids --ip_version=ipv4 covers.pkt'
inside "no TUN" 77 "/dev/net/tun is missing: load the tun module" \
	'mount -t tmpfs none /dev/net' '"$run" good.pkt'
inside "no more namespaces" 77 "no more namespaces are allowed here: see the sysctls" \
	'echo 0 >/proc/sys/user/max_net_namespaces' '"$run" good.pkt'
inside "no user namespaces, without privilege" 77 "namespaces are allowed here: see the sysctls" \
	'echo 0 >/proc/sys/user/max_user_namespaces' \
	'setpriv --inh-caps=-all --bounding-set=-all "$run" good.pkt'
tap_end
