#!/bin/sh
# What the harness says about a kernel, right or wrong, without a kernel: each script of tests/replay has
# a recording, NAME.rec, and a file NAME.t with edits of the recording and the report for each of them.
#
#	=== what the kernel does                a case
#	s/ = LAST_ACK / = CLOSE_WAIT /          the edit, for sed; none: the recording as it is
#	--- FAIL                                what the verdict must be
#	passive-close.pkt:24:17: FAIL ...       the report, word for word
#
# What a report has in common with the others of its file is left out, so that a case shows only what it is
# about: events that are the same in the unchanged recording ("as recorded until TIME"), and the last lines
# when they only repeat the verdict. A case whose name begins with "whole:" has the whole report.
#
# "sh tests/replay.sh record" makes the recordings again (as root, or with user namespaces), and
# "sh tests/replay.sh accept" writes the reports as they are now into the .t files; top_srcdir and
# top_builddir must be set for both. The verdicts are never written by a program, because they are what
# is tested.
: "${top_srcdir:=.}" "${top_builddir:=.}"
. "$top_srcdir/tests/tap.sh"
case $top_builddir in
/*) run=$top_builddir/tcpclose-run ;;
*) run=$PWD/$top_builddir/tcpclose-run ;;
esac
cases=$(cd "$top_srcdir/tests/replay" && pwd) || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C NO_COLOR=1
export LC_ALL NO_COLOR
unset CDPATH

# replay SCRIPT RECORDING: the report, without the time that the replay took, and the exit status.
replay() {
	(cd "$cases" && "$run" --replay "$2" "$1" 2>&1) >"$tmp/report"
	echo "status $?" >>"$tmp/report"
	sed 's/^\([A-Z][A-Z]*  .*[^ ]\)  *[0-9.]* s\(  .*\)\{0,1\}$/\1\2/
		s/\(passed.*\) in [0-9.]* s$/\1/' "$tmp/report"
}

# as_recorded SCRIPT: the events of the recording as it is, to the file `base`.
as_recorded() {
	(cd "$cases" && "$run" -v --replay "$1.rec" "$1.pkt" 2>/dev/null) | grep -E '^ *[0-9]+\.[0-9]+   ' >"$tmp/base"
}

# shorten SCRIPT VERDICT: leaves out of a report, standard input, what is as always.
shorten() {
	awk -v base="$tmp/base" -v script="$1" -v verdict="$2" '
	BEGIN {
		while ((getline line <base) > 0)
			recorded[++count] = line
		next_one = 1
		usual["FAIL"] = "0 passed, 1 failed, 0 skipped|status 1"
		usual["INVALID"] = "0 passed, 0 failed, 0 skipped, 1 invalid|status 125"
		usual["PASS"] = "1 passed, 0 failed, 0 skipped|status 0"
	}
	function found(line,   i) {
		for (i = next_one; i <= count; i++)
			if (recorded[i] == line) {
				next_one = i + 1
				split(line, words, " ")
				until = words[1]
				return 1
			}
		return 0
	}
	function tell() {
		if (until != "")
			out[++n] = "     as recorded until " until
		until = ""
		events = 0
	}
	$0 == "  again     tcpclose-run --replay=" script ".rec --ip_version=ipv4 " script ".pkt" { tell(); next }
	$0 == "  events" { out[++n] = $0; events = 1; next }
	events && /^        [.][.][.]   / { next }
	events && found($0) { next }
	{ tell(); out[++n] = $0 }
	END {
		if (out[n - 1] "|" out[n] == usual[verdict])
			n -= out[n - 2] == "" ? 3 : 2
		for (i = 1; i <= n; i++)
			print out[i]
	}'
}

# split FILE: NUMBER.name, .sed, .verdict and .want of each case in it.
split() {
	rm -f "$tmp"/[0-9]*
	awk -v tmp="$tmp" '
	/^=== / { n++; part = "sed"; sub(/^=== /, ""); print > (tmp "/" n ".name"); printf "" > (tmp "/" n ".sed"); printf "" > (tmp "/" n ".want"); next }
	/^--- / { part = "want"; sub(/^--- /, ""); print > (tmp "/" n ".verdict"); next }
	n { print > (tmp "/" n "." part) }
	END { print n + 0 > (tmp "/count") }' "$1"
}

# Runs case $2 of the script $1; the report is in .seen, what is wrong with the case in .wrong.
run_case() {
	script=$1.pkt recording=$tmp/$1.rec
	at=$tmp/$2
	: >"$at.wrong"
	if ! sed -f "$at.sed" "$cases/$1.rec" >"$recording"; then
		echo 'the edit is wrong' >"$at.wrong"
	elif [ -s "$at.sed" ] && cmp -s "$cases/$1.rec" "$recording"; then
		echo 'the edit changes nothing' >"$at.wrong"
	fi
	replay "$script" "$recording" | sed "s|$tmp/||g" >"$at.whole"
	case $(cat "$at.name") in
	whole:*) cp "$at.whole" "$at.seen" ;;
	*) shorten "$1" "$(cat "$at.verdict")" <"$at.whole" >"$at.seen" ;;
	esac
	grep -q "^$(cat "$at.verdict") \|: $(cat "$at.verdict") (" "$at.whole" ||
		echo "the verdict is not $(cat "$at.verdict")" >>"$at.wrong"
}

if [ "${1-}" = record ]; then
	status=0
	for script in "$cases"/*.pkt; do
		(cd "$cases" && "$run" --record "${script%.pkt}.rec" "$script") || status=1
	done
	exit $status
fi

for file in "$cases"/*.t; do
	name=${file##*/}
	name=${name%.t}
	split "$file"
	as_recorded "$name"
	count=$(cat "$tmp/count") i=0
	while [ $((i += 1)) -le "$count" ]; do
		run_case "$name" $i
		if [ "${1-}" = accept ]; then
			{
				echo "=== $(cat "$tmp/$i.name")"
				cat "$tmp/$i.sed"
				echo "--- $(cat "$tmp/$i.verdict")"
				cat "$tmp/$i.seen"
			} >>"$tmp/accepted"
			[ ! -s "$tmp/$i.wrong" ] || echo "$name: $(cat "$tmp/$i.name"): $(cat "$tmp/$i.wrong")" >&2
			continue
		fi
		other='in the memory of another kind of machine'
		if grep -q "$other" "$tmp/$i.whole" && ! grep -q "$other" "$tmp/$i.want"; then
			skip "$name: $(cat "$tmp/$i.name")" "the recording is of another kind of machine"
		elif [ -s "$tmp/$i.wrong" ]; then
			not_ok "$name: $(cat "$tmp/$i.name")" "$(cat "$tmp/$i.wrong" "$tmp/$i.seen")"
		elif difference=$(diff "$tmp/$i.want" "$tmp/$i.seen"); then
			ok "$name: $(cat "$tmp/$i.name")"
		else
			not_ok "$name: $(cat "$tmp/$i.name")" "$difference"
		fi
	done
	if [ "${1-}" = accept ]; then
		mv "$tmp/accepted" "$file"
	fi
done
[ "${1-}" = accept ] || tap_end
