#!/bin/sh
# Tests the frame of the tests: what tap-driver.sh and summary.sh make of good, bad and broken test programs.
. "$top_srcdir/tests/tap.sh"
tap_begin

# result BODY: runs a shell script as a test and prints the results that the driver wrote.
result() {
	printf '%s\n' "$1" >body
	sh "$source/tests/tap-driver.sh" --test-name body --log-file body.log --trs-file body.trs \
		--color-tests no --expect-failure no --enable-hard-errors yes -- sh ./body >shown
	sed -n 's/^:test-result: //p' body.trs
}

same "cases pass and fail" "PASS one
FAIL two" "$(result 'echo 1..2; echo ok 1 - one; echo not ok 2 - two; exit 1')"

same "several groups, each with a plan and numbers of its own" "PASS one
PASS two
PASS three" "$(result 'echo 1..2; echo ok 1 - one; echo ok 2 - two; echo 1..1; echo ok 1 - three')"

same "a skip tells its reason" "SKIP one # no tun" "$(result 'echo 1..1; echo "ok 1 - one # SKIP no tun"')"

same "cmocka's skip takes the reason printed before it" "SKIP one # no tun here" \
	"$(result 'echo 1..1; echo no tun here; echo "not ok 1 # SKIP one"')"

same "a reason that holds for all that follows" "SKIP one # no tun
SKIP two # no tun" \
	"$(result 'echo "# skip: no tun"; echo 1..2; echo "not ok 1 # SKIP one"; echo "not ok 2 # SKIP two"')"

same "a plan of none with a reason" "SKIP all # no tun" "$(result 'echo "1..0 # SKIP no tun"')"

same "status 77 without TAP" "SKIP all # no tun" "$(result 'echo no tun; exit 77')"

same "cases that are missing" "PASS one
ERROR planned 2 cases, ran 1" "$(result 'echo 1..2; echo ok 1 - one')"

same "no TAP at all" "ERROR printed no test plan" "$(result 'echo hello')"

same "nothing at all" "ERROR printed no test plan" "$(result ':')"

same "a crash after the last case" "PASS one
ERROR was killed by signal 11" "$(result 'echo 1..1; echo ok 1 - one; kill -SEGV $$')"

same "a status that no case explains" "PASS one
ERROR left with status 3" "$(result 'echo 1..1; echo ok 1 - one; exit 3')"

same "a test that does not end" "ERROR printed no test plan
ERROR did not end within 1 seconds" "$(TEST_TIMEOUT=1 result 'sleep 20')"

same "a program that is not there" "ERROR printed no test plan
ERROR left with status 127" "$(result 'exec ./nothing')"

same "what failed is shown" "ERROR: body (3 cases, 2 failed)
  FAIL: body: two
  ERROR: body: planned 3 cases, ran 2" \
	"$(result 'echo 1..3; echo ok 1 - one; echo not ok 2 - two' >/dev/null; cat shown)"

# trs TREE TEST LINE...: what a test left behind.
trs() {
	mkdir -p "$1"
	trs=$1/$2.trs
	shift 2
	for line; do printf ':test-result: %s\n' "$line"; done >"$trs"
}
trs a x "PASS one" "FAIL two" "SKIP three # no tun" "PASS same" "PASS same"
trs b x "PASS one" "PASS two" "PASS three"

same "the summary counts cases and names the rest" "skipped: x: three: no tun
failed: x: two
3 passed, 1 failed, 1 skipped
status 1" "$(sh "$source/tests/summary.sh" a x; echo status $?)"

same "a test that left nothing has failed" "failed: y: did not run
3 passed, 1 failed, 0 skipped
status 1" "$(sh "$source/tests/summary.sh" b x y; echo status $?)"

same "no case at all is a failure" "0 passed, 0 failed, 0 skipped
status 1" "$(sh "$source/tests/summary.sh" a; echo status $?)"

same "a case of two trees counts once, the worst of them" "failed: x: two
4 passed, 1 failed, 0 skipped
status 1" "$(sh "$source/tests/summary.sh" --merge a b; echo status $?)"
tap_end
