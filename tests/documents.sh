#!/bin/sh
# Tries what README and the manual pages say: their scripts are checked and played, README's commands
# are run and must print what is written there (except for times and windows), and the tables must be
# complete.
#
# README: an indented block that begins with "// NAME.pkt" is a script; a line "$ tcpclose-run ..."
# is a command, and what is indented below it is its output.
#
# tcpclose-script.5: the line before each .Bd -literal says what the block is:
#	.\" text                no script
#	.\" script              a whole script, which passes
#	.\" script begins       likewise; those that follow are played behind it
#	.\" script follows      events that go on from there
#	.\" script leads        lines that stand before it
#	.\" script ... dry      only checked: it takes long, or not every machine can play it
#	.\" script ... wrong    refused, with the error that stands behind "wrong"
. "$top_srcdir/tests/tap.sh"
case $top_srcdir in
/*) source=$top_srcdir ;;
*) source=$PWD/$top_srcdir ;;
esac
case $top_builddir in
/*) build=$top_builddir ;;
*) build=$PWD/$top_builddir ;;
esac
readme=$source/README
page_run=$source/man/tcpclose-run.1
page_options=$source/man/tcpclose-run-options.1
page_author=$source/man/tcpclose-author.1
page_script=$source/man/tcpclose-script.5
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
PATH=$build:$PATH
export LC_ALL=C
cd "$tmp" || exit 99

# ---- may we play? `live` is the reason when we may not ----

printf '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n' >probe.pkt
live=$(tcpclose-run probe.pkt 2>&1)
if [ $? -eq 77 ]; then
	live=$(printf '%s\n' "$live" | sed -n 's/^SKIP .* s  //p' | sed 1q)
else
	live=
fi

# ---- README ----

# Writes the scripts of README to files of their names, and what commands print to README.N.
readme_extract() {
	awk '
	/^    / { text = substr($0, 5) }
	/^$/ { text = "" }
	/^[^ ]/ { in_block = 0; next }
	!in_block && text == "" { next }
	!in_block {
		in_block = 1
		name = output = ""
		if (match(text, /^\/\/ [a-z0-9-]+\.pkt/))
			name = substr(text, 4, RLENGTH - 3)
	}
	text ~ /^\$ / {
		name = output = ""
		if (text ~ /^\$ tcpclose-run /) {
			output = "README." ++n ".wanted"
			print substr(text, 3) >("README." n ".command")
			printf "" >output
		}
		next
	}
	name != "" { print text >name }
	output != "" { print text >output }
	' "$readme"
}

# Without what differs each time: times, windows, how late the harness was, the order of the tests,
# the machine, and what only root is told.
plain() {
	sed -E '/^(# )?(tool|kernel|machine|HZ|sysctls|begun|jobs):? /d
		s/ +\[[0-9.]+ ms (late|early)\]$//; /^  (harness|kernel|tries) /d; s/[0-9]+\.[0-9]+/N/g; s/win [0-9]+/win N/g
		s/ +N/ N/g; /^ *$/d' "$1" | sort
}

readme_extract
for script in *.pkt; do
	[ "$script" = probe.pkt ] || grep -q "^    $script: ERROR" "$readme" ||
		check "README: $script is a script" tcpclose-run --dry_run "$script"
done
for command in README.*.command; do
	[ -f "$command" ] || continue
	text=$(cat "$command")
	base=${command%.command}
	if [ -n "$live" ] && ! grep -q ': ERROR (' "$base.wanted"; then
		skip "README: $text" "$live"
		continue
	fi
	sh -c "$text" >"$base.seen" 2>&1 </dev/null
	same "README: $text" "$(plain "$base.wanted")" "$(plain "$base.seen")"
done

# ---- for build servers: scripts are scripts, and options are there ----

for script in "$source"/ci/* "$source/ci/kselftest/runner.sh" "$source"/debian/tests/*; do
	case $(head -n 1 "$script" 2>/dev/null) in
	'#!/bin/sh') check "${script#"$source/"} is a shell script" sh -n "$script" ;;
	esac
done
none "ci.txt, ci/ and action.yml: all options of tcpclose-run are there" "$(
	tcpclose-run --help | grep -o -e '--[a-z0-9_]*' >options
	cat "$source/docs/ci.txt" "$source/ci/play" "$source/ci/lava.yaml" "$source/ci/kselftest/runner.sh" |
	grep -v -e configure -e docker | awk '
		/(tcpclose-run|packetdrill|cases) .*--/ { on = 1 } on { print } !/^[ \t]/ || !/\\$/ { on = 0 }' |
	grep -o -e '--[a-z][a-z0-9_-]*' | grep -v -x -e --as -e --export -F -f options | sort -u)"

# ---- tcpclose-script.5 ----

# Writes each block of the page to page.N, its kind to page.N.kind, its line to page.N.line.
page_extract() {
	awk '
	/^\.Bd -literal/ {
		block = "page." ++n
		print before >(block ".kind")
		print NR >(block ".line")
		printf "" >block
	}
	block != "" && /^\.Ed/ { close(block); block = "" }
	block != "" && !/^\.Bd/ {
		line = $0
		sub(/^\\&/, "", line)
		gsub(/\\-/, "-", line)
		gsub(/\\\(aq/, "\047", line)
		gsub(/\\\(dq/, "\"", line)
		gsub(/\\\(ga/, "`", line)
		gsub(/\\\(ha/, "^", line)
		gsub(/\\\(ti/, "~", line)
		gsub(/\\e/, "\\", line)
		print line >block
	}
	{ before = $0 }
	' "$page_script"
}

# The whole script for a block, to standard output.
page_whole() {
	case $2 in
	follows*) cat page.begins "$1" ;;
	leads*) cat "$1" page.begins ;;
	*) cat "$1" ;;
	esac
}

# passes NAME SCRIPT: INVALID says nothing of it; a program may wait seconds for a processor.
passes() {
	for try in 1 2 3; do
		said=$(tcpclose-run "$2" 2>&1)
		status=$?
		[ $status -eq 125 ] || break
		sleep 2
	done
	case $status in
	0) ok "$1" ;;
	125) skip "$1" "the machine was too busy, $try times" ;;
	*) not_ok "$1" "$said" ;;
	esac
}

page_block() {
	block=$1 kind=$2 name="tcpclose-script.5:$(cat "$1.line")"
	[ "$kind" != begins ] || { cp "$block" page.begins && cp "$block" server.inc; }
	page_whole "$block" "$kind" >"$block.pkt"
	case $kind in
	*wrong*)
		said=$(tcpclose-run --dry_run "$block.pkt" 2>&1)
		case $said in
		*": error: ${kind#*wrong }"*) ok "$name is refused" ;;
		*) not_ok "$name is refused with: ${kind#*wrong }" "$said" ;;
		esac
		return ;;
	*dry)
		check "$name is a script" tcpclose-run --dry_run "$block.pkt"
		return ;;
	esac
	if [ -z "$live" ]; then
		passes "$name passes" "$block.pkt"
	else
		check "$name is a script" tcpclose-run --dry_run "$block.pkt"
		skip "$name passes" "$live"
	fi
}

page_extract
n=1
while [ -f "page.$n" ]; do
	kind=$(cat "page.$n.kind")
	case $kind in
	'.\" text') ;;
	'.\" script') page_block "page.$n" alone ;;
	'.\" script '*) page_block "page.$n" "${kind#??? script }" ;;
	*) not_ok "tcpclose-script.5:$(cat "page.$n.line") is marked" "the line before it: $kind" ;;
	esac
	n=$((n + 1))
done

# ---- the recipes ----

# The table's rows: file, descriptor, state, next number of the kernel, next number of the peer.
sed -n 's/^\.It Pa \([a-z0-9-]*\.inc\) Ta \([a-z0-9]*\) Ta \([A-Z0-9_]*\) Ta \([0-9]*\) Ta \([0-9]*\)$/\1 \2 \3 \4 \5/p' \
	"$page_script" >recipes
same "tcpclose-script.5 has every recipe" "$(cd "$source/scripts/recipes" && ls | grep -v '^some-state')" \
	"$(sed 's/ .*//' recipes | LC_ALL=C sort)"

# The answer to a FIN shows both numbers, and a FIN that was there before is sent again.
while read -r file descriptor state kernel peer; do
	script=recipe-${file%.inc}.pkt
	case $state in
	CLOSE_WAIT | TIME_WAIT) fin=$((peer - 1)) after=$peer ;;
	*) fin=$peer after=$((peer + 1)) ;;
	esac
	{
		echo "include <$file>"
		if [ "$descriptor" = none ]; then
			echo "+0 state = $state"
		else
			echo "+0 state($descriptor) = $state"
		fi
		echo "+.1 < F. $fin:$fin(0) ack $kernel win 257   // meant: it may be one that came before"
		echo "+0~+.06 > . $kernel:$kernel(0) ack $after <...>"
	} >"$script"
	if [ -z "$live" ]; then
		passes "$file leaves what the table says" "$script"
	else
		skip "$file leaves what the table says" "$live"
	fi
done <recipes
none "a recipe says itself which state it leaves" "$(
	while read -r file descriptor state rest; do
		tail -n 1 "$source/scripts/recipes/$file" | grep -q "state.* = $state" || echo "$file"
	done <recipes)"

# ---- complete ----

# lacking FILE WORD...: prints the words that are not in the file.
lacking() {
	file=$1
	shift
	for word; do
		grep -q -w -e "$word" "$file" || echo "${file##*/} says nothing about $word"
	done
}

options() {
	tcpclose-run --help | sed -n 's/^ *\(-[a-zA-Z],\)\{0,1\} *--\([a-z0-9_]*\).*/\2/p'
}

# first_strings FILE FROM: the strings that begin the rows of the table that begins at FROM.
first_strings() {
	sed -n "/$2/,/^};/p" "$source/$1" | sed -n 's/^[^"]*[{(] *\(\.name = \)\{0,1\}"\([A-Za-z0-9_]*\)".*/\2/p'
}

all_strings() {
	sed -n "/$2/,/^};/p" "$source/$1" | grep -o '"[A-Za-z0-9_]\{1,\}"' | tr -d '"'
}

# explained PAGE...: the long options that are items of lists there.
explained() {
	sed -n 's/^\.It \(Fl [a-zA-Z] [^,]*, \)\{0,1\}Fl \\*-\([a-z0-9_]*\).*/\2/p' "$@"
}

options | sort >options
same "tcpclose-run-options.1 and tcpclose-author.1 have every option, once" "$(cat options)" \
	"$(explained "$page_options" "$page_author" | sort)"
none "tcpclose-run.1 has no other option" "$(explained "$page_run" | grep -v -x -F -f options)"
if command -v mandoc >/dev/null 2>&1; then
	lines=$(mandoc -T ascii "$page_run" | wc -l)
	check "tcpclose-run.1 is a page to begin with" [ "$lines" -le 80 ]
else
	skip "tcpclose-run.1 is a page to begin with" "there is no mandoc"
fi
none "README and tcpclose-run-options.1 have every format of reports, with its ending" "$(
	tcpclose-run --help | sed -n '/^Formats/,/^$/s/^  *\([a-z]*\)  *\(\.[a-z]*\) .*/\1 \2/p' >formats
	[ -s formats ] || echo "--help lists no format"
	while read -r name ending; do
		grep -q "^\.Cm $name\$" "$page_options" || echo "$page_options says nothing about --format=$name"
		grep -q "^\.Pa $ending\( \|\$\)" "$page_options" || echo "$page_options does not name $ending"
		sed -n '/^--format=/,/^--report=/p' "$readme" | grep -qw "$name" || echo "README says nothing about $name"
	done <formats)"
none "tcpclose-script.5 has every system call" \
	"$(lacking "$page_script" $(first_strings src/program/syscalls.c 'syscall_row rows'))"
none "tcpclose-script.5 has every directive" \
	"$(lacking "$page_script" $(first_strings src/script/directives.c 'directive_row rows'))"
none "tcpclose-script.5 has every structure" "$(lacking "$page_script" $(
	sed -n 's/^	LAYOUT(\([a-z_]*\),.*/\1/p' "$source/src/program/records.c"))"
none "tcpclose-script.5 has every TCP option" \
	"$(lacking "$page_script" $(first_strings src/wire/tcp_options.c 'option_row rows'))"
none "tcpclose-script.5 has every word of the IP header" \
	"$(lacking "$page_script" $(first_strings src/program/compile_packet.c 'ip_word ip_words'))"
none "tcpclose-script.5 has every ICMP name" "$(lacking "$page_script" $(
	for table in v4_types v4_unreachable v4_time_exceeded v6_types v6_unreachable v6_time_exceeded \
		v6_parameter_problem; do
		all_strings src/wire/icmp.c "name_row $table"
	done))"
none "tcpclose-script.5 has every state and timer" "$(lacking "$page_script" $(
	sed -n 's/^	\[\(STATE\|TIMER\)_[A-Z0-9_]*\] = "\([A-Za-z0-9_]*\)".*/\2/p' "$source/src/wire/tcp_state.c"))"

# What tests/language/words-VERSION does not have is newer than VERSION.
tcpclose-run --words | LC_ALL=C sort -u >words
none "language.txt has every word that is newer than 0.1" "$(
	LC_ALL=C comm -13 "$source/tests/language/words-0.1" words | while read -r kind word; do
		sed -n '/^0\.2$/,/^0\.1$/p' "$source/docs/language.txt" | grep -q -w -F -e "$word" ||
			echo "docs/language.txt does not say with which version '$word' ($kind) came"
	done)"
none "language.txt has every word that was given up" "$(
	LC_ALL=C comm -23 "$source/tests/language/words-0.1" words | while read -r kind word; do
		grep -q -w -F -e "$word" "$source/docs/language.txt" ||
			echo "docs/language.txt does not say that '$word' ($kind) is no more"
	done)"

for page in "$source"/man/*; do
	name=${page##*/}
	if command -v mandoc >/dev/null 2>&1; then
		check "$name is well-formed" mandoc -T lint -W warning "$page"
	else
		skip "$name is well-formed" "there is no mandoc"
	fi
done
none "what is under scripts/ are scripts" \
	"$(tcpclose-run --dry_run "$source/scripts" 2>&1 | grep -A 3 'error:')"
none "README has at most 80 columns" "$(awk 'length > 80 && !/^    / { print FILENAME ":" FNR }' "$readme")"
tap_end
