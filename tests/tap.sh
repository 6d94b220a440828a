# For shell tests: `. "$top_srcdir/tests/tap.sh"`, then ok, not_ok, skip, check, same or none, script, and at last
# tap_end, which prints the plan and leaves with the status. POSIX sh.
#
#	ok NAME                 a case that passed
#	not_ok NAME [TEXT]      a case that failed, and what is to be known of it
#	skip NAME REASON        a case that cannot be tried here
#	check NAME COMMAND...   passes when the command does; its output explains the failure
#	same NAME WANT SEEN     passes when the two texts are one
#	none NAME TEXT          passes when there is no text
#	script FILE LINE...     writes a script

tap_count=0
tap_failed=0

ok() {
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s\n' "$tap_count" "$1"
}

not_ok() {
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_count" "$1"
	[ -z "${2-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

skip() {
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

check() {
	tap_name=$1
	shift
	if tap_output=$("$@" 2>&1); then
		ok "$tap_name"
	else
		not_ok "$tap_name" "$tap_output"
	fi
}

same() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "$(printf 'wanted:\n%s\nseen:\n%s' "$2" "$3")"
	fi
}

none() {
	if [ -z "$2" ]; then
		ok "$1"
	else
		not_ok "$1" "$2"
	fi
}

script() {
	file=$1
	shift
	printf '%s\n' "$@" >"$file"
}

tap_end() {
	printf '1..%d\n' "$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}
