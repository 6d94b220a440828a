#!/bin/sh
# Tests lab/: the edits of a kernel tree, how a kernel is made and kept, and the table of bugs. There are
# stand-ins for the tree, make and tcpclose-run, so nothing is compiled.
. "$top_srcdir/tests/tap.sh"
command -v python3 >/dev/null || { skip 'all of it' 'no python3'; tap_end; }
top=$(cd "$top_srcdir" && pwd)
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 99
LC_ALL=C.UTF-8
XDG_CACHE_HOME=$folder/.cache
export LC_ALL XDG_CACHE_HOME
unset CC
build=$top/lab/build-kernel

# status NAME WANTED COMMAND...: leaves standard output in ./out and errors in ./err.
status() {
	name=$1 wanted=$2
	shift 2
	"$@" >out 2>err
	seen=$?
	same "$name: status" "$wanted" "$seen${wanted:+$([ "$seen" = "$wanted" ] || cat err out)}"
}

# has NAME TEXT FILE; hasnt
has() {
	if grep -Fq -- "$2" "$3"; then
		ok "$1"
	else
		not_ok "$1" "$(echo "no '$2' in:"; cat "$3")"
	fi
}
hasnt() {
	none "$1" "$(grep -F -- "$2" "$3")"
}

# ---- a tree ----

mkdir -p tree/net/ipv4 tree/arch/um/include/generated tree/include/config tree/include/net
cat >tree/Makefile <<'END'
VERSION = 9
PATCHLEVEL = 8
SUBLEVEL = 7
END
echo 'mainmenu "made up"' >tree/Kconfig
touch tree/.config tree/include/config/auto.conf tree/include/net/tcp.h
mkdir -p tree/arch/um/kernel
cat >tree/arch/um/kernel/time.c <<'END'
static void __init um_timer_setup(void)
{
	clockevents_register_device(&timer_clockevent);
}
END
cat >tree/net/ipv4/tcp.c <<'END'
// a licence
int once(int a);
static int twice(int a,
		 int b)
{
	if (a)
		return b;

	if (b)
		return a;
	count++;
	count++;
	return 0;
}

int once(int a)
{
	if (a)
		return 1;
	return 0;
}
END
find tree -type f -exec cksum {} + | sort >tree.before

# edit FUNCTION LINE...: the only edit there is.
edit() {
	rm -rf edits
	mkdir edits
	{
		printf 'What is seen\n0123456789ab a subject\nundo\n# a comment\n'
		printf 'edit net/ipv4/tcp.c %s\n' "$1"
		shift
		printf '%s\n' "$@"
	} >edits/a-bug
}

# refused NAME TEXT FUNCTION LINE...
refused() {
	name=$1 text=$2
	shift 2
	edit "$@"
	status "$name" 1 "$build" --check --edits edits tree
	has "$name" "$text" out
}

edit once ' 	if (a)' '-		return 1;' '+		return SWITCH ? 2 : 1;'
status 'an edit that fits' 0 "$build" --check --edits edits tree
same 'an edit that fits: its line' 'a-bug: fits' "$(cat out)"
refused 'no such function' 'edits/a-bug:5: net/ipv4/tcp.c: thrice(): no such function in this tree' \
	thrice '-	if (a)'
refused 'a prototype is no function' 'once(): not found: int b)' once '-int b)'
refused 'lines of another function' 'once(): not found: if (b)' once '-	if (b)'
refused 'lines that are there twice' 'twice(): found 2 times: count++;' twice '-	count++;'
refused 'lines in another order' 'once(): not found: return 1; ...' once '-		return 1;' '-	if (a)'
refused 'an edit that looks for nothing' 'no line to look for' once '+	if (a)'
refused 'neither way fits' 'edits/a-bug:7: net/ipv4/tcp.c: once(): not found: way two' \
	once '-way one' or '-way two'
edit once '-way one' or '-		return 1;' '+		return 3;'
status 'the second way fits' 0 "$build" --check --edits edits tree
edit twice ' 		return b;' ' 	if (b)' '+		b++;'
status 'empty lines are passed over' 0 "$build" --check --edits edits tree

printf 'What is seen\nnone\nredo\n' >edits/a-bug
status 'neither undo nor fix' 1 "$build" --check --edits edits tree
has 'neither undo nor fix' 'edits/a-bug:3: wanted `undo` or `fix`, not `redo`' err
printf 'What is seen\nnone\nundo\nedit net/ipv4/tcp.c\n' >edits/a-bug
status 'an edit without a function' 1 "$build" --check --edits edits tree
has 'an edit without a function' 'edits/a-bug:4: wanted `edit FILE FUNCTION`' err
printf 'What is seen\nnone\nfix\n-	x\n' >edits/a-bug
status 'lines without an edit' 1 "$build" --check --edits edits tree
has 'lines without an edit' 'edits/a-bug:4: this comes after `edit FILE FUNCTION`' err
printf 'What is seen\nnone\nfix\n' >edits/a-bug
status 'no edit' 1 "$build" --check --edits edits tree
has 'no edit' 'no `edit FILE FUNCTION` in it' err

# ---- what is no source ----

status 'no such path' 1 "$build" nowhere
has 'no such path' 'nowhere: no such folder, file, or package linux-source-VERSION' err
status 'a package that is not there' 1 "$build" linux-source-0.99
has 'a package that is not there' 'apt-get install linux-source-0.99' err
status 'a folder without a kernel' 1 "$build" edits
has 'a folder without a kernel' 'edits is not a kernel source' err
status 'a file of another kind' 1 "$build" tree/Makefile
has 'a file of another kind' 'tree/Makefile is neither a folder nor a tarball' err
status 'an edit nobody knows' 1 "$build" --edits edits --undo=b-bug tree
has 'an edit nobody knows' 'no file b-bug in edits; there are a-bug' err
status 'no source at all' 2 "$build"
gcc=$(command -v gcc)
mkdir bin
ln -s "$(python3 -c 'import sys; print(sys.executable)')" bin/python3
status 'no tools' 1 env PATH="$folder/bin" python3 "$build" tree
has 'no tools: all are named' 'missing: make gcc ld flex bison bc (Debian: apt-get install make gcc' err

# ---- making a kernel, with a make that only copies ----

ln -s "$(command -v ld || command -v true)" bin/ld
for tool in gcc flex bison bc; do
	printf '#!/bin/sh\necho 1.0\n' >bin/$tool
done
cat >bin/make <<'END'
#!/bin/sh
for word; do
	case $word in
	O=*) objects=${word#O=} ;;
	KCONFIG_ALLCONFIG=*) fragment=${word#*=} ;;
	linux) goal=linux ;;
	CFLAGS_tcp_input.o=*) profiled=yes ;;
	esac
	[ "$last" != -C ] || tree=$word
	last=$word
done
mkdir -p "$objects"
if [ "$goal" != linux ]; then
	grep -v "^CONFIG_${LACKING-none}=" "$fragment" >"$objects/.config"
	exit
fi
echo compiled >>"$COUNT"
sleep "${SLOW-0}"
[ -z "$WRONG" ] || { echo "tcp.c:1: error: $WRONG"; exit 2; }
[ ! -e "$tree/.config" ] && [ ! -e "$tree/include/config" ] &&
	[ ! -e "$tree/arch/um/include/generated" ] || { echo 'error: not clean'; exit 2; }
cat "$tree/net/ipv4/tcp.c" "$tree/include/net/tcp.h" >"$objects/linux"
[ -n "$profiled" ] || exit 0
mkdir -p "$objects/net/ipv4"
cd "$objects" && "$GCC" --coverage -c -o net/ipv4/tcp_input.o "$tree/net/ipv4/tcp_input.c" &&
	"$GCC" --coverage -o linux net/ipv4/tcp_input.o
END
chmod +x bin/*
COUNT=$folder/count
GCC=$gcc
PATH=$folder/bin:$PATH
export COUNT GCC PATH

edit once '-		return 1;' '+		return SWITCH ? 2 : 1;'
{ cat edits/a-bug; printf 'edit net/ipv4/tcp.c once\n-nothing like it\n'; } >edits/b-bug
status 'a kernel without edits' 0 "$build" tree
plain=$(cat out)
check 'a kernel without edits: as the source' cmp "$plain" tree/net/ipv4/tcp.c
objects=$folder/.cache/tcpclose/objects
check 'a kernel without edits: links to the source' test -L $objects/*/tree/net
time=arch/um/kernel/time.c
check 'every kernel has the edits of lab/um that fit' grep -q max_delta_ns $objects/*/tree/$time
none 'and they have no switch' "$(grep tcpclose_undo $objects/*/tree/$time)"
status 'a kernel with all edits' 0 "$build" --edits edits --undo=all tree
has 'a kernel with all edits: the edit' 'return unlikely(tcpclose_undo == 1) ? 2 : 1;' "$(cat out)"
has 'a kernel with all edits: the names' 'tcpclose_undo_names[] = { "a-bug" };' "$(cat out)"
has 'a kernel with all edits: the one that does not fit' 'these edits do not fit (--check tells why): b-bug' err
has 'a kernel with all edits: kept for lab/bugs' 'b-bug	' "$(dirname "$(cat out)")/refused"
status 'an edit that is asked for has to fit' 1 "$build" --edits edits --undo=b-bug tree
rm -r .cache/tcpclose/kernels
status 'a kernel without edits once more' 0 "$build" tree
check 'a kernel without edits once more: as the source' cmp "$plain" tree/net/ipv4/tcp.c
check 'a link is older than what was edited, so there is none' test ! -L $objects/*/tree/net/ipv4/tcp.c
same 'nothing is written to the tree' "$(cat tree.before)" \
	"$(find tree -type f -exec cksum {} + | sort)"
none 'the tree has no new links' "$(find tree -type l)"

: >count
status 'a kernel that was made before' 0 "$build" tree
same 'it is not made again' "$plain" "$(cat out)"
none 'nothing was compiled for it' "$(cat count)"
cp -R tree copy
status 'a copy of the source' 0 "$build" copy
same 'a copy of the source has the same kernel' "$plain" "$(cat out)"
echo '// more' >>copy/net/ipv4/tcp.c
status 'a source that was changed' 0 "$build" copy
has 'a source that was changed: the change is in it' '// more' "$(cat out)"
echo CONFIG_MORE=y >more
status 'options of ours' 0 "$build" --config more -o put tree
has 'options of ours: they are in it' CONFIG_MORE=y \
	"$(grep -l MORE .cache/tcpclose/kernels/*/config | head -n 1)"
same 'a copy of the kernel: its path' put/linux "$(cat out)"
check 'a copy of the kernel' cmp put/linux tree/net/ipv4/tcp.c

status 'an option that the source does not know' 0 env LACKING=MORE "$build" --config more copy
has 'an option that the source does not know' 'this kernel does without CONFIG_MORE=y' err
echo '// still more' >>copy/net/ipv4/tcp.c
status 'an option that is required' 1 env LACKING=TUN "$build" copy
has 'an option that is required' 'this kernel cannot have CONFIG_TUN=y' err
status 'what does not compile' 1 env WRONG='no such thing' "$build" copy
has 'what does not compile: the error' 'tcp.c:1: error: no such thing' err
none 'what does not compile: nothing on standard output' "$(cat out)"

: >count
SLOW=1 "$build" copy >first 2>first.err &
sleep 0.4
status 'two at once' 0 "$build" copy
wait $!
same 'two at once: the same kernel' "$(cat first)" "$(cat out)"
same 'two at once: compiled once' compiled "$(cat count)"
has 'two at once: one is told that it waits' 'another process is working on it' err

echo '// interrupted' >>copy/net/ipv4/tcp.c
kernels=$(ls -A .cache/tcpclose/kernels)
SLOW=30 timeout -s INT 3 "$build" copy >out 2>err
has 'interrupted: told' 'interrupted; no kernel was made' err
same 'interrupted: no half kernel' "$kernels" "$(ls -A .cache/tcpclose/kernels)"
status 'interrupted: the next one is made' 0 "$build" copy

tar -czf tree.tar.gz tree
status 'a tarball' 0 "$build" tree.tar.gz
check 'a tarball: the same kernel' cmp "$(cat out)" tree/net/ipv4/tcp.c
tar -czf none.tar.gz more
status 'a tarball of something else' 1 "$build" none.tar.gz
has 'a tarball of something else' 'none.tar.gz contains no kernel source' err
status 'the cache is emptied' 0 "$build" --clean
none 'the cache is emptied: nothing is left' "$(ls -A .cache)"

if unshare -rm true 2>/dev/null; then
	mkdir -p .cache
	unshare -rm sh -c 'mount -t tmpfs -o size=1m none "$2" && "$1" "$3"' sh \
		"$build" .cache tree >out 2>err
	same 'no room: status' 1 $?
	has 'no room' 'GB free, 0.3 GB are needed' err
else
	skip 'no room' 'no namespaces'
fi

# ---- the table of bugs ----

cat >run <<'END'
#!/bin/sh
# In the kernel as it is: bugs that are named "live..." fail. With a switch: what the case is.
verdict=PASS
case $*:$KIND in
*tcpclose_undo=*:found) verdict=FAIL ;;
*tcpclose_undo=*:none) echo 'tcpclose-run: the guest died' >&2; exit 125 ;;
*tcpclose_undo=*:*) ;;
*:broken) verdict=FAIL ;;
esac
for last in "$@"; do :; done
case $last in *.pkt) ;; *) last=$last/b.pkt ;; esac
sed -n 's/^covers \([a-z0-9-]*\).*/\1/p' "$SCRIPT" | while read -r name; do
	echo "{\"path\":\"$last\",\"file\":\"$SCRIPT\",\"line\":3,\"reason\":\"why\"," \
		"\"verdict\":\"$verdict\",\"covers\":[\"$name\"]}"
done
END
chmod +x run
printf 'covers oldack-finwait\n// else: the fault\nan event\n' >b.pkt
export SCRIPT="$folder/b.pkt" KIND
mkdir -p tree/net/ipv6
cat >tree/net/ipv4/tcp_input.c <<'END'
int tcp_rcv_state_process(void)
{
		/* accept old ack during closing */
}
END

# bug KIND STATUS LINE
bug() {
	KIND=$1 name="a bug that is $1"
	status "$name" "$2" "$top/lab/bugs" --run="$folder/run" --source=tree oldack-finwait
	has "$name: its line" "$3" out
}
bug found 0 '795a7dfbc3d9   PASS   FAIL'
has 'a bug that is found: where' 'b.pkt:3: the fault' out
has 'a bug that is found: the last line' '1 passed, 0 failed, 0 skipped in' out
bug missed 1 'the bug is there, and not found'
bug broken 1 'without the bug: b.pkt:3: the fault'
bug none 1 'NONE'
has 'a bug that is none: what was said' 'the guest died' out
echo 'int other;' >tree/net/ipv4/tcp_input.c
bug skipped 1 'SKIP: '
has 'a bug that is skipped: counted' '0 passed, 0 failed, 1 skipped' out
status 'a bug nobody knows' 2 "$top/lab/bugs" --run="$folder/run" nobody
has 'a bug nobody knows' 'no file of lab/undo: nobody' err

# ---- the table of faults ----

cat >tree/net/ipv4/tcp_input.c <<'END'
void tcp_fin(struct sock *sk)
{
		sk->sk_state_change(sk);
}
END
KIND=found
status 'a fault that is found' 0 "$top/lab/bugs" --faults --run="$folder/run" --source=tree wake-fin
has 'a fault that is found: its line' 'wake-fin                           PASS   FAIL' out
KIND=missed
status 'a fault that is missed' 1 "$top/lab/bugs" --faults --run="$folder/run" --source=tree wake-fin
has 'a fault that is missed: its line' 'the bug is there, and not found' out
status 'a fault nobody knows' 2 "$top/lab/bugs" --faults --run="$folder/run" nobody
has 'a fault nobody knows' 'no file of lab/faults: nobody' err

# ---- what walks find: a program that stands for tcpclose-run ----

cat >walker <<'END'
#!/bin/sh
case $*:$KIND in
*--model=linux*:too) exit 1 ;;
*--model=linux*) exit 0 ;;
*--fail_fast*:none) echo '64 walks on Linux in 1.0 s, 64 each second, with --seed=1' ;;
*tcpclose_undo=*:*)
	printf '256 walks on Linux in 1.0 s, 256 each second, with --seed=1\n\n'
	printf 'a-rule in CLOSING: in 2 walks%s\n    why\n    x.pkt\n' "$AGAIN" ;;
*:both) printf '256 walks on Linux\n\na-rule in CLOSING: in 1 walk\n    why\n    x.pkt\n' ;;
*) echo '256 walks on Linux' ;;
esac
END
chmod +x walker

# walked KIND STATUS LINE
walked() {
	KIND=$1 name="walks: $1"
	status "$name" "$2" "$top/lab/explore-bugs" --faults --walks=256 --run="$folder/walker" \
		--source=tree wake-fin
	has "$name: its line" "$3" out
}
export AGAIN=
walked found 0 'found      256'
has 'walks: the rule' 'a-rule in CLOSING' out
has 'walks: the last line' '1 found, 0 not found' out
walked none 1 '-           64'
walked both 1 'without the bug, too: a-rule in CLOSING'
walked too 1 'without the bug, too: a-rule in CLOSING'
AGAIN=', but not again when it was repeated'
walked once 1 'not again: a-rule in CLOSING'
status 'walks: a bug nobody knows' 2 "$top/lab/explore-bugs" --run="$folder/walker" nobody
has 'walks: a bug nobody knows' 'no such bug: nobody' err

# ---- coverage, with a program for a kernel ----

cat >tree/net/ipv4/tcp_input.c <<'END'
static int tcp_fin(int a)
{
	if (a)
		return 1;
	return 2;
}

static void tcp_reset(void)
{
}

int main(void)
{
	return tcp_fin(0);
}
END
cat >run <<'END'
#!/bin/sh
"${1#--kernel=}"
END
if [ -n "$gcc" ] && command -v gcov >/dev/null; then
	status 'coverage' 0 "$top/lab/coverage" --run="$folder/run" --source=tree --missed
	same 'coverage: a function' 'tcp_fin 4 3 75% 4' \
		"$(grep '^tcp_fin ' out | tr -s ' ')"
	same 'coverage: one that did not run' 'tcp_reset 2 0 0% 8 10' \
		"$(grep '^tcp_reset ' out | tr -s ' ')"
	same 'coverage: the sum' 'all of these 6 3 50.0%' "$(grep '^all of ' out | tr -s ' ')"
else
	skip 'coverage' 'no gcc or no gcov'
fi

# ---- names ----

mkdir -p copy/lab copy/src/program source/net/ipv4
cp "$top/lab/known-names" copy/lab/
printf 'VERSION = 5\nPATCHLEVEL = 4\n' >source/Makefile
cat >source/net/ipv4/proc.c <<'END'
static const struct snmp_mib snmp4_net_list[] = {
	SNMP_MIB_ITEM("TW", LINUX_MIB_TIMEWAITED),
	SNMP_MIB_SENTINEL
};
END
echo '		.procname	= "tcp_fin_timeout",' >source/net/ipv4/sysctl_net_ipv4.c
status 'names: of a tree' 0 copy/lab/known-names source
has 'names: where they are from' ' * From Linux 5.4:' copy/src/program/known_names.def
has 'names: a counter' 'COUNTER("TcpExt", "TW")' copy/src/program/known_names.def
has 'names: a sysctl' 'SYSCTL("ipv4/tcp_fin_timeout")' copy/src/program/known_names.def
sed -i 's/"TW"/"TWKilled"/' source/net/ipv4/proc.c
sed -i 's/= 4/= 10/' source/Makefile
tar -cf source.tar source
status 'names: of a tarball' 0 copy/lab/known-names source.tar
has 'names: both kernels' ' * From Linux 5.4, Linux 5.10:' copy/src/program/known_names.def
has 'names: what was there stays' 'COUNTER("TcpExt", "TW")' copy/src/program/known_names.def
has 'names: and the new one is there' 'COUNTER("TcpExt", "TWKilled")' copy/src/program/known_names.def
status 'names: of no kernel' 2 copy/lab/known-names copy
has 'names: is told so' 'copy is no source of a kernel' err

# ---- the edits and scripts that there are ----

cd "$top" || exit 99
for script in scripts/bugs/*.pkt; do
	name=$(sed -n 's/^covers \([a-z0-9-]*\).*/\1/p' "$script")
	[ -f "lab/undo/$name" ] || echo "$script: no lab/undo/$name"
done >"$folder/missing"
for undo in lab/undo/*; do
	[ -f "scripts/bugs/${undo##*/}.pkt" ] || echo "$undo: no scripts/bugs/${undo##*/}.pkt"
done >>"$folder/missing"
none 'every bug has a script and an edit' "$(cat "$folder/missing")"
for fault in lab/faults/*/*; do
	script=$(sed -n '2s/^none: //p' "$fault")
	[ -f "scripts/${script:-none}" ] || echo "$fault: no scripts/$script"
done >"$folder/missing"
none 'every fault has a script' "$(cat "$folder/missing")"
tap_end
