#!/bin/sh
# Stacks in shared objects: those that are bad are told, each in a line, and leave nothing behind; lwIP
# is played on where it is.
. "$top_srcdir/tests/tap.sh"
build=$(cd "$top_builddir" && pwd)
source=$(cd "$top_srcdir" && pwd)
run=$build/tcpclose-run
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C
export LC_ALL
cd "$tmp" || exit 99

cat >open-close.pkt <<'END'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+.01 close(3) = 0
END
cat >shutdown.pkt <<'END'
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 shutdown(3, SHUT_WR) = -1 ENOTCONN
END
cat >sysctl.pkt <<'END'
sysctl net.ipv4.tcp_fin_timeout = 10
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
END
cat >plain.pkt <<'END'
sysctl net.ipv4.tcp_sack = 0
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+.01 state(3) = TIME_WAIT, timer timewait 60
+.01 close(3) = 0
END
cat >counter.pkt <<'END'
+0 counter(TCPAbortOnClose) = 0
END
cat >other.pkt <<'END'
requires stack lwIP
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
END
cat >kernel.pkt <<'END'
requires kernel >= 3.10
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
END

# told NAME: the verdict's line of a script on a stack, without path and time.
told() {
	"$run" --ip_version=ipv4 --timeout=3 --so_filename="$build/tests/stacks/$1.so" "$2.pkt" 2>&1 |
		sed "s|$build/||g; s/  *[0-9.]* s\\(  \\|\$\\)/\\1/" | grep -E "^[A-Z]+  |: [A-Z]+ \\(" | sed 's/  */ /g'
}

same "a stack that does what is asked of it" "PASS open-close.pkt ipv4" "$(told quiet open-close)"
same "a call that it has not" "SKIP shutdown.pkt ipv4 this stack has no shutdown()" "$(told quiet shutdown)"
same "a sysctl that says how Linux does it" "SKIP sysctl.pkt ipv4 a stack has no sysctl net.ipv4.tcp_fin_timeout" \
	"$(told quiet sysctl)"
same "what is only Linux's is left out, and told once" \
	"tcpclose-run: on this stack some lines of scripts are left out, in a.pkt ipv4 for one: sysctl net.ipv4.tcp_sack, 1 state line" \
	"$(cp plain.pkt a.pkt; cp plain.pkt b.pkt
		"$run" --ip_version=ipv4 -j1 --so_filename="$build/tests/stacks/quiet.so" a.pkt b.pkt 2>&1 | grep -e 'left out' -e FAIL)"
same "a script about counters" "SKIP counter.pkt ipv4 this stack cannot show counters" "$(told quiet counter)"
same "a script for another stack" "SKIP other.pkt ipv4 needs the stack lwIP, and this is this stack" \
	"$(told quiet other)"
same "a script for a stack, on the kernel" \
	"SKIP needs a TCP stack, lwIP (--so_filename, --stack), and this is the kernel" \
	"$("$run" --ip_version=ipv4 other.pkt 2>&1 | sed -n 's/^SKIP .*  needs/SKIP needs/p')"
same "a script for some kernels, on a stack" "SKIP kernel.pkt ipv4 needs kernel >= 3.10, and this is a stack" \
	"$(told quiet kernel)"
same "no such file" \
	"open-close.pkt: ERROR (ipv4): --so_filename: tests/stacks/missing.so: cannot open shared object file: No such file or directory" \
	"$(told missing open-close)"
echo 'no object' >"$tmp/text.so"
same "a file that is no shared object" \
	"open-close.pkt: ERROR (ipv4): --so_filename: ./text.so: file too short" \
	"$("$run" --ip_version=ipv4 --so_filename=text.so open-close.pkt 2>&1 | grep ERROR)"
same "without the function" \
	"open-close.pkt: ERROR (ipv4): --so_filename: tests/stacks/no-symbol.so has no packetdrill_interface_init()" \
	"$(told no-symbol open-close)"
same "of another version" \
	"open-close.pkt: ERROR (ipv4): the stack is for version 2 of the interface, and this is 1" \
	"$(told version open-close)"
same "without a wire" \
	"open-close.pkt: ERROR (ipv4): --so_filename: tests/stacks/deaf.so neither takes nor sends packets" \
	"$(told deaf open-close)"
same "it refuses the world" \
	"SKIP open-close.pkt ipv4 the stack cannot be played on here: it has no addresses" \
	"$(told refuses open-close)"
same "it crashes" "open-close.pkt: FAIL (ipv4): the stack crashed: signal 6 (Aborted)" \
	"$(told crash open-close)"
same "it hangs in a call" \
	"open-close.pkt:2:6: FAIL (ipv4): close has not returned for N s, and no signal ends it" \
	"$(told hang open-close | sed 's/for [0-9]* s/for N s/')"
same "it spins in a call" \
	"open-close.pkt:2:6: FAIL (ipv4): close has not returned for N s, and no signal ends it" \
	"$(told spin open-close | sed 's/for [0-9]* s/for N s/')"
same "its netdev_receive() never comes back" "PASS open-close.pkt ipv4" "$(told never open-close)"
same "it prints" "PASS open-close.pkt ipv4" "$(told prints open-close)"
none "it sends what is no packet" "$(told nonsense open-close | grep -v 'FAIL (ipv4): the kernel sent bytes that are no segment')"
same "the others go on" "1 passed, 1 failed, 0 skipped" "$(
	cp open-close.pkt crash.pkt
	echo "--so_filename=$build/tests/stacks/crash.so" | cat - open-close.pkt >crash.pkt
	echo "--so_filename=$build/tests/stacks/quiet.so" | cat - open-close.pkt >quiet.pkt
	"$run" --ip_version=ipv4 crash.pkt quiet.pkt 2>&1 | sed -n 's/^\([0-9]* passed, [0-9]* failed, [0-9]* skipped\).*/\1/p')"

# ---- lwIP ----

lwip=$build/stacks/lwip.so
if [ ! -f "$lwip" ]; then
	skip "lwIP: what must hold on it" "built without liblwip"
	tap_end
fi
"$run" --so_filename="$lwip" --format=json -o lwip.json "$source/stacks/lwip/scripts" >/dev/null 2>&1
none "lwIP: what must hold on it" "$(grep -v '"verdict":"\(PASS\|XFAIL\|SKIP\)"' lwip.json |
	grep '"verdict"' | cut -c1-300)"
check "lwIP: there are scripts for it" grep -q '"verdict":"PASS"' lwip.json
tap_end
