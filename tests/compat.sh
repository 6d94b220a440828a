#!/bin/sh
# Tests tests/compat: first with a stand-in for packetdrill whose verdicts are known, then, where it is
# installed, with packetdrill itself.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"
compat=$live/../compat

# agree NAME STATUS ARGUMENT...: the table's output is in $out.
agree() {
	agree_name=$1 agree_want=$2
	shift 2
	out=$("$compat" --tcpclose="$run" "$@" "$scripts" 2>&1)
	status=$?
	same "$agree_name" "$agree_want" "$status"
}

# Late as a busy machine may be.
scripts=$tmp/scripts
cp -r "$live/compat" "$scripts" && chmod -R u+w "$scripts"
for script in "$scripts"/*.pkt; do
	grep -q tolerance_usecs "$script" || echo '--tolerance_usecs=20000' | cat - "$script" >"$tmp/script"
	[ ! -s "$tmp/script" ] || mv "$tmp/script" "$script"
done

agree "alone" 0
says "each family has a row" '^ipv4  *7  *1  *0$'
says "the second family" '^ipv6  *7  *1  *0$'
says "the third" '^mapped  *7  *1  *0$'

cat >"$tmp/stand-in" <<'S'
#!/bin/sh
for script; do :; done
echo "$script:7: a reason"
case $script in
wrong.pkt|server.pkt) exit 1 ;;
esac
S
chmod +x "$tmp/stand-in"
agree "a difference is noticed" 1 --packetdrill="$tmp/stand-in" --families=ipv4
says "which" 'server.pkt (ipv4): pass, packetdrill: fail'
says "and why" '^    packetdrill: server.pkt:7: a reason'
says "the table" '^ipv4  *6  *1  *1  *1  *0$'
agree "all are told" 1 --packetdrill="$tmp/stand-in" --families=ipv4 --all
says "a failure in another line" 'wrong.pkt (ipv4): fail in line [0-9]*, packetdrill in line 7'
agree "no such program" 2 --packetdrill="$tmp/nothing"
agree "no such family" 2 --families=ipx
scripts=$tmp/nothing
agree "no such folder" 2

scripts=$tmp/scripts
if command -v packetdrill >/dev/null && [ "$(id -u)" -eq 0 ]; then
	agree "packetdrill agrees" 0 --packetdrill=packetdrill
else
	skip "packetdrill agrees" "it is not installed"
fi
tap_end
