#!/bin/sh
# Every row of every table of the language is played, once right and once wrong. The rows come from the
# tables themselves (tests/rows/list_rows); their plays are in tests/rows/*.t:
#
#	## call close                   a row, as list_rows prints it
#	include "server.inc"            the script, which passes
#	+0 close(4) = 0
#	#! s/close(4) = 0/close(4) = 1/ how sed makes it wrong
#	#? close returned 0, not 1      what is then said on the line with the script's name
#
# A format of reports has no script, but a pattern of its report on a test that passes (#+) and on one
# that fails (#-). A new row fails here until it has a play.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"
plays=$(cd "$top_srcdir/tests/rows" && pwd)
list=$(cd "$top_builddir" && pwd)/tests/rows/list_rows
cd "$tmp" || exit 99

# split FILE...: files NAME.pkt, NAME.sed, NAME.want, NAME.good, NAME.bad in right/, where NAME is that of the
# row with '-' for the blank; the names to `rows`.
split() {
	mkdir -p right
	awk '
	FNR == 1 { out = "" }
	/^## / {
		if (out) close(out ".pkt")
		row = substr($0, 4)
		print row
		gsub(/[ \/]/, "-", row)
		out = "right/" row
		next
	}
	!out { next }
	/^#! / { print substr($0, 4) >(out ".sed"); close(out ".sed"); next }
	/^#\? / { print substr($0, 4) >(out ".want"); close(out ".want"); next }
	/^#\+ / { print substr($0, 4) >(out ".good"); close(out ".good"); next }
	/^#- / { print substr($0, 4) >(out ".bad"); close(out ".bad"); next }
	/./ { print >(out ".pkt") }' "$@" >rows
}

split "$plays"/*.t
cp "$plays"/*.inc right/
check "every kind of argument is that of some call" "$list"
"$list" | grep -v '^refused' >table
none "every row has a play" "$(LC_ALL=C sort table >a; LC_ALL=C sort rows >b
LC_ALL=C comm -23 a b | sed 's|$|: it has no play in tests/rows/*.t, which shows it right and wrong|')"
none "every play is that of a row" "$(LC_ALL=C comm -13 a b; LC_ALL=C uniq -d b)"

# ---- right, all in one run ----

mkdir wrong
cp "$plays"/*.inc wrong/
out=$("$run" $patience -j 4 --ip_version=ipv4 right 2>&1)
printf '%s\n' "$out" >right.out
for script in right/*.pkt; do
	row=$(basename "$script" .pkt)
	[ -f "right/$row.sed" ] && [ -f "right/$row.want" ] || not_ok "$row is played wrong" "it lacks #! or #?"
	sed -f "right/$row.sed" "$script" >"wrong/$row.pkt"
	! cmp -s "$script" "wrong/$row.pkt" || not_ok "$row is played wrong" "$(cat "right/$row.sed") changes nothing"
	if grep -qE "^(PASS|CHECKED|SKIP) +.*right/$row\.pkt( |\[)" right.out; then
		skipped=$(sed -n "s|^SKIP .*right/$row\.pkt[^s]* s  *||p" right.out)
		[ -z "$skipped" ] && ok "$row" || skip "$row" "$skipped"
	else
		not_ok "$row" "$(grep -A20 -F "right/$row.pkt" right.out)"
	fi
done

# ---- wrong, each with its reason ----

out=$("$run" $patience -j 4 --ip_version=ipv4 wrong 2>&1)
printf '%s\n' "$out" >wrong.out
for script in wrong/*.pkt; do
	row=$(basename "$script" .pkt)
	if awk -v file="wrong/$row.pkt" '
		/^[^ ].*\.pkt/ || /^(PASS|FAIL|SKIP|ERROR|INVALID)/ { mine = index($0, file) }
		mine' wrong.out >said; ! grep -qE "^(PASS|SKIP)" said && grep -qF -e "$(cat "right/$row.want")" said; then
		ok "$row, written wrong"
	elif grep -q '^SKIP' said; then
		skip "$row, written wrong" "$(sed -n 's/^SKIP .* s  *//p' said | head -n 1)"
	else
		not_ok "$row, written wrong" "nothing says '$(cat "right/$row.want")':
$(cat said)"
	fi
done

# ---- what is not done here ----

none "options that are not done say so" "$("$list" | sed -n 's/^refused //p' | while read -r option; do
	printf -- '--%s\n+0 silence\n' "$option" >refused.pkt
	"$run" --dry_run refused.pkt 2>&1 | grep -q 'not supported' || echo "--$option"
done)"

# ---- formats ----

script good.pkt '+0 close(-1) = -1 EBADF'
script bad.pkt '+0 close(-1) = 0'
for row in $(sed -n 's/^format //p' rows); do
	"$run" --ip_version=ipv4 --format="$row" good.pkt >good.out 2>&1
	"$run" --ip_version=ipv4 --format="$row" bad.pkt >bad.out 2>&1
	check "format $row, of a test that passes" grep -e "$(cat "right/format-$row.good")" good.out
	check "format $row, of one that fails" grep -e "$(cat "right/format-$row.bad")" bad.out
	none "format $row tells them apart" "$(grep -e "$(cat "right/format-$row.bad")" good.out)"
done
tap_end
