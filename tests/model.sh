#!/bin/sh
# The model, which judges beside the script. It finds nothing wrong with recordings of a right kernel. It
# finds planted mistakes, under the names of their rules. Each departure of Linux is one: its script fails
# when only the RFCs are used, and passes with the departures. For the last, the machine must allow a world.
. "$top_srcdir/tests/tap.sh"
: "${top_srcdir:=.}" "${top_builddir:=.}"
case $top_builddir in
/*) run=$top_builddir/tcpclose-run ;;
*) run=$PWD/$top_builddir/tcpclose-run ;;
esac
source=$(cd "$top_srcdir" && pwd) || exit 99
replay=$source/tests/replay
edited=$(mktemp) || exit 99
trap 'rm -f "$edited"' EXIT
LC_ALL=C
export LC_ALL

# ---- recordings ----

for script in "$replay"/*.pkt; do
	name=${script##*/}
	said=$("$run" --model=linux --replay="${script%.pkt}.rec" "$script" 2>&1)
	status=$?
	case $status,$said in
	125,*'in the memory of another kind of machine'*)
		skip "the recording of ${name%.pkt} is right" "the recording is of another kind of machine" ;;
	*) same "the recording of ${name%.pkt} is right" 0 "$status${said##*passed, 0 failed*}" ;;
	esac
done

# edit_of FILE NAME: the edit of a case of tests/replay (see tests/replay.sh).
edit_of() {
	awk -v name="=== $2" '$0 == name { on = 1; next } /^--- / { on = 0 } on' "$replay/$1.t"
}

# finds FILE CASE RULE
finds() {
	edit_of "$1" "$2" >"$edited.sed"
	sed -f "$edited.sed" "$replay/$1.rec" >"$edited"
	rm -f "$edited.sed"
	out=$("$run" --model=linux --replay="$edited" "$replay/$1.pkt" 2>&1)
	if printf '%s\n' "$out" | grep -q "^  model     $3, "; then
		ok "$1, $2: $3"
	else
		not_ok "$1, $2: $3" "$out"
	fi
}

finds active-close "the state after connect is not SYN_SENT" state
finds active-close "no TIME_WAIT" state
finds active-close "a segment while there should be silence" time-wait-unasked
finds blocking "read returns before the FIN" receive-wait
finds gso "one of several segments acknowledges something else" ack-of-unreceived
finds passive-close "the peer's FIN does not change the state" state
finds passive-close "reading at the end fails" receive-end
finds passive-close "close sends RST" rst-without-reason
finds passive-close "LAST_ACK never ends" state
finds passive-close "RST after the last line" rst-from-nothing
finds probe "the window is overrun" beyond-window
finds timestamps "an old timestamp is taken" echo-is-old
finds timestamps "no timestamp" stamp-lacks

# ---- departures ----

rm -f "$edited"
. "$top_srcdir/tests/live/world.sh"

# Each row of src/model/departures.c: its name and its script.
departures() {
	awk '
	match($0, /\] = \{ "[a-z0-9-]+"/) { name = substr($0, RSTART + 7, RLENGTH - 8) }
	match($0, /"[a-z0-9-]+\/[a-z0-9-]+\.pkt"/) { print name, substr($0, RSTART + 1, RLENGTH - 2) }' \
		"$source/src/model/departures.c"
}

departures >"$tmp/departures"
while read -r name script; do
	play --model=rfc --format=json --longest=10 --ip_version=ipv4 "$source/scripts/$script"
	case $out in
	*'"verdict":"SKIP"'*) skip "$name: a departure, in $script" "the script is skipped here, or takes long" ;;
	*) says "$name: the RFCs have it otherwise, in $script" '"detail":"[^"]*model  ' ;;
	esac
	play --model=linux --format=json --longest=10 --ip_version=ipv4 "$source/scripts/$script"
	none "$name: with the departures all is well" "$(printf '%s\n' "$out" | grep -e '"detail":"[^"]*model  ')"
done <"$tmp/departures"
tap_end
