#!/bin/sh
# Automake's test driver for this project: runs one test program, reads its TAP and writes the .log
# and .trs files. It takes cmocka's dialect, too: several groups in one stream, each with a plan and
# numbers of its own, and "not ok 3 # SKIP name" for a case that was skipped.
#
# The reason of a skip without one is the last "# skip: REASON" or, failing that, the last plain
# line before it. A case is "RESULT name" in the .trs file, with " # reason" after a skip.
# Nothing vanishes: no TAP, too few or too many cases, a signal, a status that no failed case
# explains and a test that does not end are each an ERROR.

expect_failure=no color=no
while [ $# -gt 0 ]; do
	case $1 in
	--test-name) name=$2; shift 2 ;;
	--log-file) log=$2; shift 2 ;;
	--trs-file) trs=$2; shift 2 ;;
	--color-tests) color=$2; shift 2 ;;
	--expect-failure) expect_failure=$2; shift 2 ;;
	--enable-hard-errors) shift 2 ;;
	--) shift; break ;;
	*) echo "tap-driver.sh: unknown option $1" >&2; exit 2 ;;
	esac
done
[ "$expect_failure" = no ] || { echo "tap-driver.sh: mark cases with # TODO instead" >&2; exit 2; }

# Apart, because the two streams are buffered differently and would cut into each other's lines.
seconds=${TEST_TIMEOUT:-300}
timeout -k 5 "$seconds" "$@" >"$log" 2>"$log.err" </dev/null
status=$?

awk -v name="$name" -v status="$status" -v trs="$trs" -v color="$color" -v seconds="$seconds" '
function result(kind, text) {
	if (kind == "SKIP" && text !~ / # /)
		text = text " # " (reason != "" ? reason : plain != "" ? plain : "no reason given")
	count[kind]++
	cases++
	lines[cases] = kind " " text
	if (kind != "PASS" && kind != "SKIP" && kind != "XFAIL")
		bad[++bads] = "  " kind ": " name ": " text
	told = kind == "FAIL" ? 0 : told_most
}
function error(text) { result("ERROR", text) }
function paint(text, number) { return color == "yes" ? "\033[" number "m" text "\033[m" : text }

BEGIN { planned = 0; seen = 0; told_most = told = 15 }

/^1\.\.[0-9]+/ {
	plans++
	planned += substr($0, 4) + 0
	if ($0 ~ /^1\.\.0/) {
		why = $0
		if (sub(/^[^#]*# *([Ss][Kk][Ii][Pp]:? *)?/, "", why) && why != "")
			reason = why
		result("SKIP", "all")
	}
	next
}
/^(not )?ok([^A-Za-z0-9_]|$)/ {
	seen++
	good = /^ok/
	text = $0
	sub(/^(not )?ok *[0-9]* *(- *)?/, "", text)
	kind = good ? "PASS" : "FAIL"
	if (match(text, /# *[Ss][Kk][Ii][Pp] */)) {
		before = substr(text, 1, RSTART - 1)
		after = substr(text, RSTART + RLENGTH)
		sub(/ +$/, "", before)
		kind = "SKIP"
		text = before == "" ? after : after == "" ? before : before " # " after
	} else if (match(text, /# *[Tt][Oo][Dd][Oo]/)) {
		kind = good ? "XPASS" : "XFAIL"
	}
	result(kind, text)
	plain = ""
	next
}
/^Bail out!/ { error($0); bailed = 1; next }
/^# skip: / { reason = substr($0, 9); next }
/^#/ {
	if (told < told_most) {
		bad[++bads] = "    " $0
		told++
	}
	next
}
NF { plain = $0 }

END {
	if (!bailed && !plans && !seen && status == 77)
		result("SKIP", "all")
	else if (!bailed && !plans)
		error("printed no test plan")
	else if (!bailed && planned != seen)
		error("planned " planned " cases, ran " seen)
	if (status == 124)
		error("did not end within " seconds " seconds")
	else if (status > 128)
		error("was killed by signal " (status - 128))
	else if (status && status != 77 && !count["FAIL"] && !bailed)
		error("left with status " status)
	if (!cases)
		error("ran no case")

	failed = count["FAIL"] + count["XPASS"] + count["ERROR"]
	skipped = count["SKIP"]
	all = count["ERROR"] ? "ERROR" : failed ? "FAIL" : skipped == cases ? "SKIP" : "PASS"
	print ":global-test-result: " all >trs
	print ":recheck: " (failed ? "yes" : "no") >trs
	print ":copy-in-global-log: " (failed ? "yes" : "no") >trs
	for (i = 1; i <= cases; i++)
		print ":test-result: " lines[i] >trs

	printf "%s: %s (%d cases%s%s)\n", paint(all, failed ? 31 : skipped ? 34 : 32), name, cases,
	       failed ? ", " failed " failed" : "", skipped ? ", " skipped " skipped" : ""
	for (i = 1; i <= bads; i++)
		print bad[i]
}' "$log"

[ ! -s "$log.err" ] || { echo "---- standard error ----"; cat "$log.err"; } >>"$log"
rm -f "$log.err"
