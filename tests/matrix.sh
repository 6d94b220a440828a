#!/bin/sh
# The cells of a close (docs/matrix.md): each has a script, in each of its states, that looks at the connection there,
# and scripts that assert what the cell asks for. It plays nothing on a kernel.
. "$top_srcdir/tests/tap.sh"
tap_begin
mkdir a b
ln -s "$source/scripts" scripts
table=$source/docs/matrix.md

# missing WORDS: the ids with such a line below them, and what the line says.
missing() {
	awk -v words="$1" '/^[A-Z]/ { id = $1 } index($0, words) { sub(/^ */, ""); print id ": " $0 }'
}

covered "$table" scripts >now
none 'each cell has a script' "$(awk '$2 == "none" { print $1 }' now)"
none 'in each of its states' "$(missing 'not in ' <now)"
none 'each state that a script names it looks at, or another does' "$(missing 'not looked at' <now)"
none 'what each cell asks for is asserted' "$(missing 'not asserted: ' <now)"
check 'there are all of them' test "$(grep -c '^| [A-Z].*| asks: ' "$table")" -ge 350

# The ids of the table, and those that scripts name.
sed -n 's/^| \([A-Z][A-Za-z0-9]*-[^[ ]*\).*/\1/p' "$table" | sort >listed
same 'each is listed once' '' "$(uniq -d listed)"
find "$source/scripts" -name '*.pkt' -exec sed -n 's/^covers //p' {} + | tr -s ' ' '\n' | sed 's/\[.*//' |
	grep -E '^(O|ALL|EST|FW1o?|FW2[ot]?|CLG|CW|LA|TW|SS|SR|SX|TFO|LI|CL|C|T|I|P)-[A-Z0-9]' | sort -u >named
none 'no script names one that is not listed' "$(comm -13 listed named)"

# ---- that this would be noticed ----

printf '%s\n' '| id | what | follows | asks |' '| --- | --- | --- | --- |' \
	'| X-1[EST,FW1,CW] | it | follows | asks: reply, silence |' '| X-2[FW2] | it | follows | asks: error, poll |' \
	'| X-3 | it | follows | asks: state |' >cells.md
script a/one.pkt '--ip_version=ipv4' 'covers X-1[EST,FW1] X-2' 'include <server.inc>' '+.1 silence'
script a/two.pkt '--ip_version=ipv4' 'covers X-1[of] X-2' 'cases  name   of   do' '       left   CW   "< F. 1:1(0) ack 1 win 257"' \
	'       right  ""   ""' '' 'include <server.inc>' '+0     do' '+.5    state(4) = CLOSE_WAIT' \
	'+0     getsockopt(4, SOL_SOCKET, SO_ERROR, [0], [4]) = 0'
covered cells.md a >now
same 'what is there, and what is not' 'X-1                  a/one.pkt  CHECKED 1  silence
                     a/two.pkt  CHECKED 1  state, call, error
                     in EST 1, CW 1
                     not in FW1
                     named, and not looked at: FW1
                     not asserted: reply
X-2                  a/one.pkt  CHECKED 1  silence
                     a/two.pkt  CHECKED 2  state, call, error
                     not in FW2
                     named, and not looked at: FW2
                     not asserted: poll
X-3                  none
                     not asserted: state
2 of 4 states and 2 of 5 kinds of assertions are there
0 of 3 ids are covered' "$(cat now)"
# An edge is between two cases, not between two segments of one.
mkdir c
printf '| X-%s | it | follows | asks: edge |\n' 1 2 3 >edges.md
script c/edge.pkt '--ip_version=ipv4' 'covers X-1' 'cases  name  at' '       in    9' '       out   10' '' \
	'include <server.inc>' '+0     < R at:at(0) win 0' '+.1    silence'
script c/far.pkt '--ip_version=ipv4' 'covers X-2' 'cases  name  at' '       in    9' '       out   11' '' \
	'include <server.inc>' '+0     < R at:at(0) win 0' '+.1    silence'
script c/one.pkt '--ip_version=ipv4' 'covers X-3' 'include <server.inc>' '+0     < R 9:9(0) win 0' \
	'+0     < R 10:10(0) win 0' '+.1    silence'
covered edges.md c >now
same 'an edge has two sides' 'X-1                  c/edge.pkt  CHECKED 2  silence, edge
X-2                  c/far.pkt  CHECKED 2  silence
                     not asserted: edge
X-3                  c/one.pkt  CHECKED 1  silence
                     not asserted: edge
0 of 0 states and 1 of 3 kinds of assertions are there
0 of 3 ids are covered' "$(cat now)"

printf '| X-1 | it |\n' >plain.md
covered plain.md c >now
check 'a table of two columns gets no verdicts, and says why' \
	grep -q 'no more is told, because no row "| D3 | title |" above them' now

printf '| X-1 | it | follows | asks: reply, applause |\n' >wrong.md
"$run" --dry_run --coverage --claims=wrong.md a >printed 2>&1
check 'an assertion that there is none of' grep -q "X-1 asks for 'applause'" printed
printf '| X-1[EST,FW7] | it | follows | asks: reply |\n' >wrong.md
"$run" --dry_run --coverage --claims=wrong.md a >printed 2>&1
check 'a state that there is none of' grep -q "X-1 asks for 'FW7'" printed
script b/wrong.pkt '--ip_version=ipv4' 'covers X-1[FW7]'
"$run" --dry_run b >printed 2>&1
check 'also in a script' grep -q "wrong.pkt:2:.*'FW7' is not a state that covers knows" printed
# selected PATTERN: how many tests cover what fits it.
selected() {
	"$run" --dry_run --select="covers($1)" a 2>/dev/null | sed -n 's/.* \([0-9]*\) checked.*/\1/p'
}

same 'an id is selected without its state, too' 2 "$(selected X-1)"
same 'and with it' 1 "$(selected 'X-1?CW?')"
tap_end
