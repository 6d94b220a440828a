#!/bin/sh
# Runs on the running kernel that are ended early: nothing may be left of them, and the host must be as it
# was. Also: a user without privileges, and two runs at the same time.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"

TMPDIR=$tmp/files
export TMPDIR
mkdir -m 1777 "$TMPDIR"

# descendants PID: its children, their children, and so on, as "PID START". START tells apart two processes
# that had the same number.
descendants() {
	for descendant in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
		echo "$descendant $(started_at "$descendant")"
		descendants "$descendant"
	done
}
started_at() { sed 's/.*) //' /proc/"$1"/stat 2>/dev/null | cut -d' ' -f20; }

# Prints those of $family that still exist and are not zombies.
left_over() {
	echo "$family" | while read -r pid start; do
		[ -n "$pid" ] && [ "$(started_at "$pid")" = "$start" ] || continue
		case $(sed 's/.*) //' /proc/"$pid"/stat 2>/dev/null) in
		'' | Z* | X*) ;;
		*) echo "$pid $(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)" ;;
		esac
	done
}

none_left() { [ -z "$(left_over)" ]; }

# What a run could change on the host.
host_state() {
	sed 's/:.*//' /proc/net/dev | sort
	cut -f1-8 /proc/net/route
	awk '{ print $1, $2, $5, $10 }' /proc/net/ipv6_route
	cat /proc/net/if_inet6
	grep -rs . /proc/sys/net/ipv4/tcp_* /proc/sys/net/ipv4/ip_* /proc/sys/net/ipv6/conf
	# What keeps a namespace when its processes are gone.
	grep nsfs /proc/self/mountinfo
	ls /run/netns 2>/dev/null
	ls -a "$live" "$live/pass" "$live/fail"
}

cat >"$tmp/long.pkt" <<S
\`true\`
+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0    bind(3, ..., ...) = 0
+0    listen(3, 1) = 0
+0...30 accept(3, ..., ...) = 4
+30   close(3) = 0
S
cat >"$tmp/command.pkt" <<S
\`true\`
+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0    \`sleep 77\`
+0    close(3) = 0
\`echo >"$tmp/clean"\`
S

# begin SCRIPT...: a run in the background; $parent and $child are its processes, $family are all.
begin() {
	(cd "$tmp" && exec "$run" "$@") >"$tmp/out" 2>&1 &
	parent=$!
	await begun || not_ok "the run begins" "$(cat "$tmp/out")"
	family=$(descendants $parent)
	started=$(date +%s)
}
# A child is in its world, and in a call (a second thread) or a command (a child of its own).
begun() {
	for child in $(cat /proc/$parent/task/*/children 2>/dev/null); do
		[ "$(readlink "/proc/$child/ns/net")" = "$(readlink /proc/self/ns/net)" ] ||
			[ "$(cat /proc/"$child"/task/*/comm 2>/dev/null | wc -l)" -eq 1 ] &&
			[ -z "$(descendants "$child")" ] || return 0
	done
	return 1
}

# ended NAME STATUS: the run is over at once, and nothing is left of it.
ended() {
	wait $parent
	status=$?
	out=$(cat "$tmp/out")
	same "$1: status" "$2" $status
	check "$1: at once" test $(($(date +%s) - started)) -le 3
	await none_left
	none "$1: no process is left" "$(left_over)"
}

before=$(host_state)

# POSIX lets a shell start what is in the background with SIGINT ignored; the program takes it back.
for signal in INT:130 TERM:143 HUP:129; do
	status_wanted=${signal#*:} signal=${signal%:*}
	begin long.pkt "$live/pass/server.pkt" long.pkt
	kill -$signal $parent
	ended "SIG$signal" $status_wanted
	says "SIG$signal: the report says so" '^INVALID long.pkt ipv4 .*stopped by a signal'
	says "SIG$signal: what was over counts" '[2-5] invalid (stopped by a signal)'
done

begin long.pkt
kill -TERM $child
ended "SIGTERM to the child" 125
says "SIGTERM to the child: the report says so" 'INVALID.*stopped by a signal'

begin long.pkt
kill -SEGV $child
ended "a crash of the child" 125
says "a crash of the child: the report says so" 'killed by signal 11\|ended with status'

begin command.pkt
kill -TERM $parent
ended "SIGTERM while a command runs" 143
check "SIGTERM while a command runs: the cleanup command is run" test -f "$tmp/clean"
rm -f "$tmp/clean"

begin long.pkt
kill -KILL $parent
ended "SIGKILL of the parent" 137

begin command.pkt
kill -KILL $parent
ended "SIGKILL of the parent while a command runs" 137

printf '%s\n' '+0 run("sleep 78 & sleep 79") = server' '+0 `sleep 80 & sleep 81`' >"$tmp/program.pkt"
begin program.pkt
kill -KILL $parent
ended "SIGKILL of the parent of programs" 137

if command -v setsid >/dev/null 2>&1; then
	printf '%s\n' "+0 \`setsid sh -c 'echo \$\$ >$tmp/stray; exec sleep 82' & true\`" '+.2 `true`' >"$tmp/stray.pkt"
	status_is "a program that leaves the group" 0 "$tmp/stray.pkt"
	stray_ended() { [ -s "$tmp/stray" ] && ! kill -0 "$(cat "$tmp/stray")" 2>/dev/null; }
	check "ends with the test" await stray_ended
else
	skip "a program that leaves the group" "there is no setsid"
fi

begin --timeout=1 long.pkt
started=$((started + 1))
ended "out of time" 125
says "out of time: the report says so" 'took too long'

"$run" -j 4 $patience "$live/pass/server.pkt" "$live/pass/client.pkt" >"$tmp/one" 2>&1 &
first=$!
"$run" -j 4 $patience "$live/pass/server.pkt" "$live/pass/client.pkt" >"$tmp/two" 2>&1 &
second=$!
wait $first
same "two runs at once: the first" "0 6" "$? $(grep -c '^PASS' "$tmp/one")"
wait $second
same "two runs at once: the second" "0 6" "$? $(grep -c '^PASS' "$tmp/two")"

# ---- without privilege ----

# root makes itself a device that everybody may open, which nobody else sees.
unprivileged_name="a user without privilege, in a user namespace"
if [ "$(id -u)" -ne 0 ]; then
	play "$live/pass/server.pkt" "$live/pass/client.pkt"
	same "$unprivileged_name" 0 $status
elif ! command -v setpriv >/dev/null || ! command -v unshare >/dev/null; then
	skip "$unprivileged_name" "setpriv or unshare is missing"
else
	cp "$run" "$tmp/tcpclose-run" && chmod 755 "$tmp/tcpclose-run"
	mkdir -m 755 "$tmp/scripts" && cp "$live"/pass/*.pkt "$tmp/scripts"
	cat >"$tmp/unprivileged.sh" <<'S'
mount -t tmpfs none /dev/net && mknod -m 666 /dev/net/tun c 10 200 || exit 98
cd "$1" || exit 98
exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all \
	./tcpclose-run "$2" scripts
S
	if ! unshare -m true 2>"$tmp/why"; then
		skip "$unprivileged_name" "unshare: $(cat "$tmp/why")"
	else
		out=$(unshare -m sh "$tmp/unprivileged.sh" "$tmp" $patience 2>&1)
		status=$?
		if [ $status -eq 98 ] || [ $status -eq 77 ]; then
			skip "$unprivileged_name" "$(printf '%s\n' "$out" | sed 's/.* s  //; 1q')"
		else
			same "$unprivileged_name" "$("$run" --list "$live/pass" | wc -l) passed, 0 failed, 0 skipped" \
				"$(printf '%s\n' "$out" | tail -1 | sed 's/ in .*//')"
		fi
	fi
fi

same "the host is as it was" "$before" "$(host_state)"
none "no file is left" "$(ls -A "$TMPDIR")"
tap_end
