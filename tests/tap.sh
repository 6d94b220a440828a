# For shell tests: `. "$top_srcdir/tests/tap.sh"`, tap_begin, then ok, not_ok, skip, check, same or none, and at
# last tap_end, which prints the plan and leaves with the status. POSIX sh.
#
#	tap_begin               enters $tmp, a folder that goes with the test; $run is the program, $source the
#	                        tree, $scripts its scripts
#	ok NAME                 a case that passed
#	not_ok NAME [TEXT]      a case that failed, and what is to be known of it
#	skip NAME REASON        a case that cannot be tried here
#	check NAME COMMAND...   passes when the command does; its output explains the failure
#	same NAME WANT SEEN     passes when the two texts are one
#	none NAME TEXT          passes when there is no text
#	script FILE LINE...     writes a script
#	await COMMAND...        until the command succeeds, at most 10 s
#	covered CLAIMS SCRIPTS  prints the table of coverage, without playing anything

tap_count=0
tap_failed=0

tap_begin() {
	run=$(cd "$top_builddir" && pwd)/tcpclose-run
	source=$(cd "$top_srcdir" && pwd) || exit 99
	scripts=$source/scripts
	tmp=$(mktemp -d) && cd "$tmp" || exit 99
	trap 'rm -rf "$tmp"' EXIT
	LC_ALL=C
	export LC_ALL
}

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

await() {
	waited=0
	until "$@"; do
		[ $((waited += 1)) -le 100 ] || return 1
		sleep .1
	done
}

covered() {
	"$run" --dry_run --coverage=covered --claims="$1" "$2" >printed 2>&1
	cat covered
}

tap_end() {
	printf '1..%d\n' "$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}
