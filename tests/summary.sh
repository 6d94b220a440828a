#!/bin/sh
# summary.sh TREE TEST...: counts the cases in the .trs files that tap-driver.sh left in the build
# tree TREE, names what failed and why something was skipped, and ends with
# "N passed, N failed, N skipped". Fails when a case failed or none ran.
#
# summary.sh --merge TREE...: the same over all .trs files of several trees. A case that ran in
# more than one counts once: as failed when it failed anywhere, as passed when it passed somewhere.

merge=no
[ "$1" != --merge ] || { merge=yes; shift; }

{
	if [ $merge = yes ]; then
		for tree; do
			find -H "$tree" -name '*.trs' | sed "s|^$tree/||" | sort | while read -r trs; do
				sed -n "s|^:test-result: |$tree	${trs%.trs}	|p" "$tree/$trs"
			done
		done
	else
		tree=$1
		shift
		for test; do
			if [ -f "$tree/$test.trs" ]; then
				sed -n "s|^:test-result: |$tree	$test	|p" "$tree/$test.trs"
			else
				printf '%s\t%s\tERROR did not run\n' "$tree" "$test"
			fi
		done
	fi
} | awk -F '\t' '
{
	kind = $3; sub(/ .*/, "", kind)
	text = $3; sub(/^[^ ]* /, "", text)
	reason = ""
	if (kind == "SKIP" && match(text, / # /)) {
		reason = substr(text, RSTART + 3)
		text = substr(text, 1, RSTART - 1)
	}
	what = kind == "PASS" || kind == "XFAIL" ? 2 : kind == "SKIP" ? 1 : 3
	key = $2 ": " text
	if (repeats[$1, key]++)
		key = key " (" repeats[$1, key] ")"
	if (!(key in worth)) {
		order[++n] = key
		worth[key] = 0
	}
	if (what > worth[key])
		worth[key] = what
	if (reason != "")
		why[key] = reason
}
END {
	for (i = 1; i <= n; i++) {
		key = order[i]
		count[worth[key]]++
		if (worth[key] == 1)
			print "skipped: " key ": " why[key]
	}
	for (i = 1; i <= n; i++)
		if (worth[order[i]] == 3)
			print "failed: " order[i]
	printf "%d passed, %d failed, %d skipped\n", count[2], count[3], count[1]
	exit count[3] > 0 || count[2] + count[3] == 0
}'
