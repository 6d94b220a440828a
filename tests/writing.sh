#!/bin/sh
# docs/writing.txt is followed: the scripts in it are files, its commands are run in their order, and each
# must print what stands below it, but for times, windows and the machine. "[...]" stands for any lines.
# docs/cheatsheet.txt is a script that passes.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/live/world.sh"
source=$(cd "$top_srcdir" && pwd)
PATH=${run%/*}:$PATH
XDG_STATE_HOME=/dev/null
export PATH XDG_STATE_HOME
kernel=${TCPCLOSE_KERNEL:-$(command -v linux.uml)}
no_kernel='no kernel: neither TCPCLOSE_KERNEL nor linux.uml (package user-mode-linux)'
mkdir "$tmp/work"
cd "$tmp/work" || exit 99

# A distribution's kernel need not boot on every processor (docs/troubles.txt).
if [ -z "${TCPCLOSE_KERNEL-}" ] && [ -n "$kernel" ]; then
	printf '%s\n' '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' >"$tmp/boots.pkt"
	no_boot=$("$run" --kernel="$kernel" "$tmp/boots.pkt" 2>&1 | grep 'does not boot')
	[ -z "$no_boot" ] || { kernel='' no_kernel=$no_boot; }
fi

# What the guide calls the kernel's source.
if command -v git >/dev/null 2>&1; then
	folder=linux/tools/testing/selftests/net/packetdrill
	mkdir -p $folder
	echo '// a neighbour' >$folder/neighbour.pkt
	export GIT_AUTHOR_NAME=author GIT_AUTHOR_EMAIL=author@example.org GIT_CONFIG_GLOBAL=/dev/null
	export GIT_COMMITTER_NAME=author GIT_COMMITTER_EMAIL=author@example.org
	git init -q linux && git -C linux add . && git -C linux commit -q -m begin || exit 99
fi

# Blocks are indented: "// NAME.pkt" begins a script, "$ " a command. Files N.pkt-or-command and
# N.wanted; N.name is that of a script.
mkdir ../steps
awk -v to=../steps/ '
function next_step() { step = sprintf("%s%03d", to, ++n) }
!/^    / { if ($0 != "") kind = ""; if (kind == "script") kind = ""; next }
{ text = substr($0, 5) }
text ~ /^\$ / { kind = "command"; next_step(); print substr(text, 3) >(step ".command"); printf "" >(step ".wanted"); next }
kind == "" && match(text, /^\/\/ [a-z0-9-]+\.pkt/) {
	kind = "script"
	next_step()
	print substr(text, 4, RLENGTH - 3) >(step ".name")
}
kind == "script" { print text >(step ".script") }
kind == "command" { print text >(step ".wanted") }' "$source/docs/writing.txt"

# Without what differs each time.
plain() {
	sed -E "s|$source/scripts|/usr/local/share/tcpclose/scripts|"'
		/^(tool|kernel|machine|HZ|sysctls|begun|jobs) /d; s/^.\[K//
		s/ +\[[0-9.]+ ms (late|early)\]$//; /^  harness /d; s/on Linux [0-9][^ ]*/on Linux N/; s/[0-9]+\.[0-9]+/N/g; s/win [0-9]+/win N/g
		s/\([0-9]+ plays\)/(N plays)/; s/  +/ /g; /^ *$/d' "$1"
}

# follows WANTED SEEN: the lines of one file are those of the other, where "[...]" stands for any.
follows() {
	awk '
	FNR == NR { wanted[++n] = $0; next }
	{ seen[++m] = $0 }
	END {
		at = 1
		for (i = 1; i <= n; i++) {
			if (wanted[i] ~ /^\[\.\.\.\]$/) { gap = 1; continue }
			for (k = at; gap && k <= m && seen[k] != wanted[i]; k++)
				;
			if (seen[k] != wanted[i]) { print "not there: " wanted[i]; exit 1 }
			at = k + 1
			gap = 0
		}
		if (!gap && at <= m) { print "too much: " seen[at]; exit 1 }
	}' "$1" "$2"
}

# What is not to end by itself is ended; a command that another machine may have elsewhere is found.
perform() {
	case $1 in
	*--watch*) timeout -s INT 5 sh -c "exec $1" ;;
	*linux.uml*) sh -c "$(printf '%s' "$1" | sed "s|linux\.uml|$kernel|")" ;;
	*) sh -c "$1" ;;
	esac
}

for step in ../steps/*.name ../steps/*.command; do
	echo "$step"
done | sort >order
while read -r step; do
	base=${step%.*}
	case $step in
	*.name)
		name=$(cat "$step")
		cp "$base.script" "$name"
		check "$name is a script" tcpclose-run --lint "$name"
		continue ;;
	esac
	command=$(cat "$step")
	case $command in
	*linux.uml*)
		if [ -z "$kernel" ]; then
			skip "$command" "$no_kernel"
			continue
		fi ;;
	*linux/* | "git "*)
		if ! command -v git >/dev/null 2>&1; then
			skip "$command" "there is no git"
			continue
		fi ;;
	esac
	perform "$command" >"$base.seen" 2>&1 </dev/null
	plain "$base.wanted" >wanted
	plain "$base.seen" >seen
	if why=$(follows wanted seen); then
		ok "$command"
	else
		not_ok "$command" "$(echo "$why"; cat "$base.seen")"
	fi
done <order

# ---- the cheat sheet ----

sed -n 's/^    //p' "$source/docs/cheatsheet.txt" >sheet.pkt
check "the cheat sheet is a script without a warning" tcpclose-run --lint sheet.pkt
check "it is well laid out, but for its comments" sh -c '
	sed "s| *//.*||" sheet.pkt >bare.pkt && tcpclose-run --format_script=check bare.pkt'
play sheet.pkt
check "it passes" [ "$status" -eq 0 ]
none "it is a page of 80 columns" "$(awk 'length > 80 || FNR > 60' "$source/docs/cheatsheet.txt")"
tap_end
