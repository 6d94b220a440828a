#!/bin/sh
# The page of the model's transitions (--transitions). What a run takes is counted where it belongs, what an
# exploration took is told apart, and docs/covered.txt is of the model's rules as they are.
. "$top_srcdir/tests/tap.sh"
tap_begin
replay=$source/tests/replay

# cells RULE PAGE: the rule's row, without its name.
cells() {
	awk -v rule="$1" '$1 == rule && !/\.pkt/ { $1 = ""; print; exit }' "$2"
}

# ---- runs ----

"$run" --transitions=page --replay="$replay/active-close.rec" "$replay/active-close.pkt" >printed 2>&1
check 'a run passes, and a page is written' test -s page
same 'the FIN in FIN_WAIT_2 is counted in its state alone' ' 1' "$(cells fin-wait-2-fin page)"
same 'the repeated FIN in TIME_WAIT is a transition, too' ' 1' "$(cells time-wait-fin-again page)"
same 'one that nothing takes' ' -' "$(cells fin-wait-1-fin page)"
same 'the script is named' "fin-wait-2-fin FIN_WAIT_2 $replay/active-close.pkt" \
	"$(awk '$1 == "fin-wait-2-fin" && $2 == "FIN_WAIT_2" { $1 = $1; print }' page)"
check 'what is never taken is listed with its clause' \
	grep -q '^closing-ack-of-fin, in CLOSING: RFC 9293 3.10.7.4, fifth, CLOSING' page
same 'the sum is that of the cells' "$(sed -n 's/.* transitions: \([0-9]*\) are taken by scripts.*/\1/p' page)" \
	"$(sed -n '/^By which script/,$p' page | grep -c '\.pkt')"

"$run" --transitions=two --replay="$replay/active-close.rec" "$replay/active-close.pkt" \
	"$replay/active-close.pkt" >printed 2>&1
same 'a script that is played twice is one script' "$(cells fin-wait-2-fin page)" "$(cells fin-wait-2-fin two)"

"$run" --model=rfc --transitions=strict --replay="$replay/active-close.rec" "$replay/active-close.pkt" >printed 2>&1
same 'without departures they are no rows' '' "$(cells time-wait-full strict)"

# ---- what an exploration took ----

printf '# made up\narrival fin-wait-1-fin FIN_WAIT_1\narrival fin-wait-2-fin FIN_WAIT_2\n' >walks
"$run" --dry_run --transitions=page --explored=walks "$replay/active-close.pkt" >printed 2>&1
same 'an exploration alone' ' +' "$(cells fin-wait-1-fin page)"
check 'they are counted' grep -q ' 0 are taken by scripts, 2 by exploration (2 of them by no script), ' page
"$run" --transitions=page --explored=walks --replay="$replay/active-close.rec" "$replay/active-close.pkt" >printed 2>&1
same 'a script counts more than an exploration' ' 1' "$(cells fin-wait-2-fin page)"
echo 'arrival fin-wait-1-fin ESTABLISHED' >>walks
fails() {
	want=$1
	shift
	out=$("$run" "$@" 2>&1)
	status=$?
	case $status:$out in
	2:*"$want"*) ok "it is told: $want" ;;
	*) not_ok "it is told: $want" "status $status" "$out" ;;
	esac
}
fails 'walks: line 4 is no transition of the model' --transitions=page --explored=walks "$replay/active-close.pkt"
fails 'No such file' --transitions=page --explored=nowhere "$replay/active-close.pkt"
fails '--explored is for --transitions' --explored=walks "$replay/active-close.pkt"
"$run" --transitions=/dev/full --replay="$replay/active-close.rec" "$replay/active-close.pkt" >printed 2>&1
same 'a page that cannot be written is a fault' 125 $?

# Walks write what they took, and what they write can be read.
printf '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n' >probe.pkt
"$run" probe.pkt >printed 2>&1
if [ $? -eq 77 ]; then
	skip 'what walks took' "$(sed -n 's/^SKIP .* s  //p' printed | sed 1q)"
else
	"$run" --explore=1 --transitions=walks >printed 2>&1
	check 'what walks took' grep -q '^arrival fin-established ESTABLISHED$' walks
	"$run" --dry_run --transitions=page --explored=walks probe.pkt >printed 2>&1
	same 'all of it is read again' "$(grep -c . walks)" \
		"$(sed -n 's/.* by scripts, \([0-9]*\) by exploration .*/\1/p' page)"
	"$run" --explore=1 --transitions=/dev/full >printed 2>&1
	same 'walks whose file cannot be written' '/dev/full: cannot be written: No space left on device' \
		"$(grep 'cannot be written' printed)"
fi

# ---- docs/covered.txt ----

# Each rule with the columns where it has a cell.
shape() {
	awk '/^Never taken/ { exit }
		/^[a-z][a-z0-9-]+  / { printf "%s", $1
			for (i = 33; i <= length($0); i += 4)
				printf "%s", substr($0, i, 4) ~ /[^ ]/ ? "x" : "."
			print "" }' "$1"
}
"$run" --dry_run --transitions=page "$replay/active-close.pkt" >printed 2>&1
shape page >wanted
shape "$source/docs/covered.txt" >there
check 'there are rules' test "$(grep -c x wanted)" -gt 100
sort wanted >model
sort there >page
none 'docs/covered.txt has no rule that the model has not, nor a state (make covered)' "$(comm -13 model page)"
# A new rule may wait until the page is made again.
check 'and most that it has' test "$(comm -12 model page | wc -l)" -ge "$(($(grep -c x model) * 9 / 10))"
none 'the scripts that it names are there' "$(sed -n 's/.* \(scripts\/[^ ,]*\.pkt\).*/\1/p' "$source/docs/covered.txt" |
	sort -u | while read -r script; do
	[ -f "$source/$script" ] || echo "$script"
done)"
tap_end
