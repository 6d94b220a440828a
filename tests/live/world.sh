# For the live tests, after tap.sh: `. "$top_srcdir/tests/live/world.sh"`. $run is the program, and $tmp is
# a folder that is removed with the test. Where the machine allows no world, the test ends here and is
# skipped, with the reason that the program gives. POSIX sh.
#
#	play ARGUMENT...        runs the program; its output is in $out, its status in $status
#	status_is NAME N ARG... passes when the program leaves with N
#	says NAME PATTERN       passes when a line of $out has it (a basic regular expression)

: "${top_srcdir:=.}" "${top_builddir:=.}"
case $top_builddir in
/*) run=$top_builddir/tcpclose-run ;;
*) run=$PWD/$top_builddir/tcpclose-run ;;
esac
live=$(cd "$top_srcdir/tests/live" && pwd) || exit 99
# A machine that builds and tests at once is late at times; nothing here depends on 20 ms.
patience=--tolerance_usecs=20000
LC_ALL=C
export LC_ALL
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
chmod 755 "$tmp"
unset CDPATH

# A run that says INVALID because the machine was late is tried again after a moment.
play() {
	tries=0
	while :; do
		out=$("$run" $patience "$@" 2>&1)
		status=$?
		[ "$status" -eq 125 ] && [ $((tries += 1)) -le 5 ] || break
		case $out in
		*'before this, more than the tolerance'*) sleep 1 ;;
		*) break ;;
		esac
	done
}

status_is() {
	status_name=$1 status_want=$2
	shift 2
	play "$@"
	if [ "$status" -eq "$status_want" ]; then
		ok "$status_name"
	else
		not_ok "$status_name" "status $status, not $status_want:
$out"
	fi
}

says() {
	if printf '%s\n' "$out" | grep -q -e "$2"; then
		ok "$1"
	else
		not_ok "$1" "no line has '$2':
$out"
	fi
}

echo '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' >"$tmp/probe.pkt"
play "$tmp/probe.pkt"
if [ "$status" -eq 77 ]; then
	echo "1..0 # SKIP $(printf '%s\n' "$out" | sed -n '1s/^SKIP .* s  //p')"
	exit 0
fi
