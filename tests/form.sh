#!/bin/sh
# The form of scripts (--format_script), and trees as text. All shipped scripts are in this form; a script
# that is laid out means the same; and a script that is printed from its tree gives the same tree.
. "$top_srcdir/tests/tap.sh"
bin=$(cd "$top_builddir" && pwd)
check=$bin/tests/language/check_form
run=$bin/tcpclose-run
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
cd "$top_srcdir" || exit 99

shipped=$(find scripts -name '*.pkt' -o -name '*.inc' | sort)
"$check" $shipped >"$tmp/said"
none "the shipped scripts are in their form, and trees can be printed" "$(grep -v ' parsed$' "$tmp/said")"
check "nearly all of them are parsed alone" \
	test "$(sed -n 's/ parsed$//p' "$tmp/said")" -ge $(($(echo "$shipped" | wc -l) * 9 / 10))
others=$(find tests/replay tests/live tests/compat tests/rows -name '*.pkt' | sort)
none "so are those of the tests, in whatever form" "$("$check" -s $others | grep -v ' parsed$')"

if command -v ldd >/dev/null 2>&1; then
	none "what reads scripts and compiles them links nothing but libc" \
		"$(ldd "$check" "$bin/tests/language/dump_script" | grep -E 'libmnl|libnet|libpcap|libpthread')"
else
	skip "what reads scripts and compiles them links nothing but libc" "there is no ldd"
fi

# ---- what is changed, and what is not ----

cd "$tmp" || exit 99
script rough.pkt '' '' '// what it shows  ' '  sysctl net.ipv4.tcp_timestamps = 0' \
	'cases a  where' '      x  1   // first' '      longer "> . 1:1(0)  ack 1"' '' '' \
	'0 socket(...,SOCK_STREAM,   IPPROTO_TCP)=3' '+0     close( 3 ) =0   // a  comment' \
	'+0.001~+.5     > F.  1:1(0)   ack 1' '+0     poll([{fd=4, events=POLLIN,' '      revents=0}],1, 0) =  0' \
	'+0     %{ print(1)  ' '   if  x: y' '}%   ' '+0 write(4, "a  =,b",5) = 5' '  /* one  ' '     two */' '' ''
cat >smooth.pkt <<'S'
// what it shows
sysctl net.ipv4.tcp_timestamps = 0
cases  a       where
       x       1                    // first
       longer  "> . 1:1(0)  ack 1"

0      socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0     close( 3 ) = 0   // a  comment
+0.001~+.5 > F. 1:1(0) ack 1
+0     poll([{fd=4, events=POLLIN,
      revents=0}],1, 0) =  0
+0     %{ print(1)  
   if  x: y
}%
+0     write(4, "a  =,b", 5) = 5
  /* one  
     two */
S
same "a rough script" "$(cat smooth.pkt)" "$("$run" --format_script rough.pkt 2>&1)"
same "is not touched" "$(printf '\n\n//')" "$(head -c 4 rough.pkt)"
"$run" --format_script=check smooth.pkt rough.pkt >said 2>&1
status=$?
same "a check names it, with status 1" "rough.pkt 1" "$(cat said) $status"
chmod 640 rough.pkt
ln -s rough.pkt link.pkt
check "it is written" "$run" --format_script=write link.pkt
same "as it was shown" "$(cat smooth.pkt)" "$(cat rough.pkt)"
same "with its mode, and a link stays one" "640 link" \
	"$(stat -c %a rough.pkt) $([ -L link.pkt ] && echo link)"
check "now it is in its form" "$run" --format_script=check smooth.pkt rough.pkt
none "and nothing else was left behind" "$(ls | grep -v -e '^rough.pkt$' -e '^smooth.pkt$' -e '^link.pkt$' -e '^said$')"
same "standard input" "+0   close(-1) = -1 EBADF" "$(echo '+0   close(-1) =-1 EBADF' | "$run" --format_script -)"

script broken.pkt '+0   close(3' '+0 close(4) = 0'
cp broken.pkt kept.pkt
"$run" --format_script=write broken.pkt >said 2>&1
same "what does not parse is refused" 2 $?
check "with the reason" grep -q 'broken.pkt:1:13: error: syntax error' said
check "and left as it is" cmp broken.pkt kept.pkt
printf 'cases a b\n      1 2 3\n+0 close(-1) = -1 EBADF\n' >broken.pkt
"$run" --format_script broken.pkt >said 2>&1
same "a table that is wrong, too" 2 $?
"$run" --format_script=write nowhere.pkt >said 2>&1
same "what is not there" 2 $?
"$run" --format_script=nicely smooth.pkt >said 2>&1
same "a word that is not known" 2 $?
tap_end
