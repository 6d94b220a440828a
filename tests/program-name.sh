#!/bin/sh
# Under the name packetdrill, the program does what packetdrill does: it ignores what no line expects and
# the echo of a timestamp, and runs commands in the caller's folder.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"
ln -s "$run" "$tmp/packetdrill" || exit 99

own=$run
for script in unexpected-within unexpected-after timestamp-echo; do
	run=$own
	status_is "$script fails under our own name" 1 "$live/fail/$script.pkt"
	run=$tmp/packetdrill
	status_is "$script passes under packetdrill's" 0 "$live/fail/$script.pkt"
done
status_is "--unexpected=fail asks for more" 1 --unexpected=fail "$live/fail/unexpected-within.pkt"
for script in missing wrong-ack wrong-result wrong-time call-never code-false command; do
	status_is "$script fails under both" 1 "$live/fail/$script.pkt"
done
printf '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+101 close(3) = 0\n' >"$tmp/long.pkt"
run=$own
status_is "what takes long is skipped under our own name" 77 "$tmp/long.pkt"
run=$tmp/packetdrill
status_is "it is played under packetdrill's" 125 --timeout=1 "$tmp/long.pkt"
status_is "scripts pass" 0 --ip_version=ipv4 "$live/pass/server.pkt"

mkdir "$tmp/scripts"
cat >"$tmp/scripts/folder.pkt" <<'S'
`test -f scripts/folder.pkt`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
S
cd "$tmp" || exit 99
status_is "commands are run where the caller is" 0 scripts/folder.pkt
status_is "the name is used in messages" 2 --no-such-option
says "the name is packetdrill" '^packetdrill: unknown option'
tap_end
