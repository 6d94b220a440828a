#!/bin/sh
# What RFCs ask for when a connection closes (docs/requirements.md): each requirement has a script that shows
# it, or a reason why none can. When the last script of one is gone, this fails. It plays nothing on a kernel.
. "$top_srcdir/tests/tap.sh"
tap_begin
ln -s "$source/scripts" scripts
table=$source/docs/requirements.md

# What is without a witness: no script has its verdict.
without() {
	awk '/^[A-Z]/ { id = $1 } / no verdict; / { print id }'
}

covered "$table" scripts >now
none 'each requirement has a witness, or a reason to have none' "$(without <now)"
check 'there are some, of each document' \
	test "$(grep -c '^[A-Z][A-Z0-9]*-[A-Z0-9]' now)" -ge 180 -a "$(grep -c '^[A-Z]*[0-9]*: ' now)" -ge 18

# The ids of the table, and those that scripts name.
sed -n 's/^| \([A-Z][A-Z0-9]*-[^ ]*\) |.*/\1/p' "$table" | sort >listed
same 'each is listed once' '' "$(uniq -d listed)"
find "$source/scripts" -name '*.pkt' -exec \
	sed -n 's/^\(covers\|verdict\) //p' {} + | tr -s ' ' '\n' | grep -E '^((MUST|SHLD|MAY|REC)-[0-9]+|(RFC[0-9]+|POSIX1|SOCKET7|SHUTDOWN2|TCP7|SYSCTL6)-.*)$' |
	sort -u >named
none 'no script names one that is not listed' "$(comm -13 listed named)"

# Appendix B goes to MUST-69, SHLD-31 and MAY-18: what is not in a table is said to be left out.
none 'none of appendix B is forgotten' "$(
	awk 'BEGIN {
		for (i = 1; i <= 69; i++) print "MUST-" i
		for (i = 1; i <= 31; i++) print "SHLD-" i
		for (i = 1; i <= 18; i++) print "MAY-" i
		print "REC-1"
	}' | while read -r id; do
		grep -qE "(^\| |[ ,])$id( \||,|\$)" "$table" || echo "$id"
	done)"

# What differs is a departure of the model, or has its reason here.
none 'each that differs says by which departure, or why' "$(
	awk '/^ +differs / { getline; print $1 " " $2 }' now | sed 's/;.*//' | while read -r first rest; do
		[ "$first $rest" = 'by design:' ] || grep -q "{ \"$first\"," "$source/src/model/departures.c" ||
			echo "$first $rest"
	done)"

# The page is as old as the tables and the witnesses: only results are another run's.
page() {
	sed -e '1,/^$/d' -e '/^claims: /,$d' -e '/^ *shown on /d' -e 's/\(\.pkt\)  [A-Z]* [0-9].*/\1/' "$1"
}
page now >wanted
page "$source/docs/requirements.txt" >there
none 'docs/requirements.txt is of this table and these scripts (make requirements)' "$(diff wanted there)"
none 'and all that it has was shown' "$(awk '/^[A-Z]/ { id = $1 }
	/^ +(holds|differs) +scripts/ && !/ (PASS|XFAIL) / { print id }' "$source/docs/requirements.txt")"

# ---- that this would be noticed ----

{
	cat "$table"
	printf '\n| RFC9293 | as it is called above |\n| MUST-999 | nobody shows it |\n| MUST-998 | %s\n' \
		'nobody can | not shown: it is made up |'
} >more.md
same 'a requirement without a script' 'MUST-999' "$(covered more.md scripts | without)"
mkdir fewer
cp -r "$source/scripts/." fewer && chmod -R u+w fewer
rm fewer/segments/icmp-source-quench.pkt
same 'a requirement whose only script is gone' 'MUST-55' "$(covered "$table" fewer | without)"

# ---- that the last witness fails ----

replay=$source/tests/replay
printf '| D1 | a document |\n| D1-1 | it is so |\n' >claims.md
{
	echo 'covers D1-1'
	echo 'verdict D1-1 holds'
	cat "$replay/active-close.pkt"
} >witness.pkt
# The lines of a recording count from the script's own.
"$run" --coverage=covered --claims=claims.md --replay="$replay/active-close.rec" witness.pkt >printed 2>&1
none 'a witness that passes' "$(grep 'no script shows' printed)"
awk -v name='=== the state after connect is not SYN_SENT' '$0 == name { on = 1; next } /^--- / { on = 0 } on' \
	"$replay/active-close.t" >edit
sed -f edit "$replay/active-close.rec" >wrong.rec
"$run" --coverage=covered --claims=claims.md --replay=wrong.rec witness.pkt >printed 2>&1
same 'the last witness fails' 'D1-1: no script shows it any more: witness.pkt fails' \
	"$(grep 'no script shows' printed)"
tap_end
