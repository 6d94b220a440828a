#!/bin/sh
# The scripts that test a program, or one at each end of a link. Our own programs are found beside the tool. Each
# test is a case here. Servers and clients of the distribution that are not installed are skipped, by
# name.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"
PATH=$PATH:/usr/sbin
export PATH
scripts=$(cd "$top_srcdir/scripts" && pwd) || exit 99

play --format=tap "$scripts/programs" "$scripts/ends"
printf '%s\n' "$out" >"$tmp/report"
while read -r first second third rest; do
	case "$first $second" in
	"ok "[0-9]*)
		case $rest in
		*"# SKIP "*) skip "${third##*/} ${rest%% *}" "${rest#*# SKIP }" ;;
		*) ok "${third##*/} $rest" ;;
		esac ;;
	"not ok") not_ok "${rest##*/}" "$out" ;;
	esac
done <"$tmp/report"
[ "$tap_count" -gt 0 ] || not_ok "there are tests" "$out"
tap_end
