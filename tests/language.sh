#!/bin/sh
# The language, case by case: which tree a text becomes, or with which messages it is refused. The cases
# are in tests/language/*.t:
#
#	## what the case shows
#	#$ -c                   arguments of dump_script; none: only the tree
#	+0 close(3) = 0         the script, which is called script.pkt
#	#> other.pkt            more files, to be included
#	#=
#	1 step                  what dump_script prints
#
# With LANGUAGE_ACCEPT=1 what is printed is written into the cases instead; read the difference.
. "$top_srcdir/tests/tap.sh"
dump=$(cd "$top_builddir" && pwd)/tests/language/dump_script
cases=$(cd "$top_srcdir/tests/language" && pwd)
sources=$(cd "$top_srcdir" && pwd)
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

# split FILE: one directory a case, 1, 2 ..., in the current one.
split() {
	awk '
	/^## / {
		close(out)
		dir = ++n
		system("mkdir " dir)
		print substr($0, 4) >(dir "/title")
		close(dir "/title")
		printf "" >(dir "/want")
		close(dir "/want")
		out = dir "/script.pkt"
		printf "" >out
		next
	}
	!n { next }
	/^#\$ / { print substr($0, 4) >(dir "/arguments"); close(dir "/arguments"); next }
	/^#> / { close(out); out = dir "/" substr($0, 4); next }
	/^#=$/ { close(out); out = dir "/want"; next }
	# An empty line before the next case is for the reader.
	out ~ /want$/ && /^$/ { next }
	{ print >out }' "$1"
}

# accept FILE: the cases with what was seen.
accept() {
	awk '
	/^## / { if (n) print ""; n++; silent = 0 }
	silent { next }
	{ print }
	/^#=$/ { silent = 1; while ((getline line < (n "/seen")) > 0) print line }' "$1" >accepted &&
		cat accepted >"$1"
}

run_case() {
	arguments=
	[ ! -f arguments ] || read -r arguments <arguments
	# Words, not one: they hold no blanks.
	"$dump" $arguments script.pkt >seen 2>&1 || echo "status $?" >>seen
	grep -v '^$' seen >lines
	mv lines seen
}

for file in "$cases"/*.t; do
	name=${file##*/}
	mkdir "$tmp/${name%.t}" && cd "$tmp/${name%.t}" || exit 99
	split "$file"
	n=1
	while cd $n 2>/dev/null; do
		run_case
		read -r title <title
		if cmp -s want seen; then
			ok "${name%.t}: $title"
		else
			not_ok "${name%.t}: $title" "$(diff want seen)"
		fi
		cd ..
		n=$((n + 1))
	done
	[ -z "$LANGUAGE_ACCEPT" ] || accept "$file"
done

# Prints the longest piece without a conversion of each message in the C and bison files given.
messages() {
	awk '
	FNR == 1 { text = "" }
	/diag_error\(|fail\(|fail_here\(/ && !/^(static|void|bool)/ {
		sub(/.*(diag_error|fail|fail_here)\(/, "")
		text = " "
	}
	text != "" {
		text = text $0
		if ($0 !~ /;[ \t]*(\/\*.*)?$/)
			next
		gsub(/"[ \t]*PRI[a-z]*(32|64)/, "d\"", text)
		gsub(/"[ \t]*"/, "", text)
		while (match(text, /"([^"\\]|\\.)*"/)) {
			literal = substr(text, RSTART + 1, RLENGTH - 2)
			text = substr(text, RSTART + RLENGTH)
			gsub(/\\"/, "\"", literal)
			gsub(/%%/, "\001", literal)
			gsub(/%[-.*0-9]*(zu|llu|lld|[a-zA-Z])/, "\n", literal)
			gsub(/\001/, "%", literal)
			count = split(literal, pieces, "\n")
			longest = pieces[1]
			for (i = 2; i <= count; i++)
				if (length(pieces[i]) > length(longest))
					longest = pieces[i]
			if (length(longest) >= 6)
				print longest
		}
		text = ""
	}' "$@" | sort -u
}

# What only a machine without memory, or gigabytes of scripts, could bring about.
unreachable='all texts together are too large
: out of memory'

unpinned() {
	messages "$sources"/grammar/*.[ly] "$sources"/src/script/*.c "$sources"/src/program/*.c \
		"$sources"/src/wire/tcp_options.c |
	while IFS= read -r piece; do
		cat "$cases"/*.t | grep -qF -e "$piece" || printf '%s\n' "$unreachable" | grep -qxF -e "$piece" ||
			printf '%s\n' "$piece"
	done
}
none "every message is pinned by a case" "$(unpinned)"
tap_end
