#!/bin/sh
# What is expected never stands where the answer will be. Each script of tests/live/outputs is about a
# kind of memory that calls write, and passes. Each of its lines "// wrong: EDIT" (for sed) makes one of
# its expectations wrong. Then it must fail: on the running kernel, when a recording of this run is
# played, and when a recording of the right script is played for the wrong one. When the recording says
# that a call wrote nothing, the right script must fail, too.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"

# A replay is only played once: nothing can be late there.
replay_is() {
	out=$("$run" --replay "$3" --ip_version=ipv4 "$4" 2>&1)
	if [ $? -eq "$2" ]; then ok "$1"; else not_ok "$1" "$out"; fi
}

# try_wrong NAME EDIT: the script with a wrong expectation.
try_wrong() {
	name="$1: $2" wrong=$tmp/wrong.pkt
	grep -v '^//' "$script" >"$tmp/right.pkt"
	sed -e "$2" "$tmp/right.pkt" >"$wrong"
	if cmp -s "$tmp/right.pkt" "$wrong"; then
		not_ok "$name" "the edit changes nothing"
		return
	fi
	status_is "$name: fails on this kernel" 1 --ip_version=ipv4 --record "$tmp/wrong.rec" "$wrong"
	replay_is "$name: fails when that is played again" 1 "$tmp/wrong.rec" "$wrong"
	replay_is "$name: fails with the recording of the right script" 1 "$tmp/right.rec" "$wrong"
}

for script in "$live"/outputs/*.pkt; do
	kind=$(basename "$script" .pkt)
	status_is "$kind: passes" 0 --ip_version=ipv4 --record "$tmp/right.rec" "$script"
	replay_is "$kind: passes when it is played again" 0 "$tmp/right.rec" "$script"
	sed -n 's/^\/\/ wrong: //p' "$script" >"$tmp/edits"
	check "$kind: has wrong expectations" test -s "$tmp/edits"
	while IFS= read -r edit; do
		try_wrong "$kind" "$edit"
	done <"$tmp/edits"
	case $kind in
	pair) continue ;; # without its descriptors the script cannot go on
	esac
	sed 's/ out[0-9]*=[^ ]*//g' "$tmp/right.rec" >"$tmp/nothing.rec"
	replay_is "$kind: fails where nothing was written" 1 "$tmp/nothing.rec" "$script"
done
tap_end
