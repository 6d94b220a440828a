#!/bin/sh
# The rules of the house that a machine can check: includes point to lower floors, no files need each other
# in a circle (by includes, and by symbols of the objects), a file includes its own header first, only main
# and forked children end the process, and every source is in the Makefile.
. "$top_srcdir/tests/tap.sh"
objects=$(cd "$top_builddir" && pwd)
cd "$top_srcdir" || exit 99

# Folders and their floors. Folders on the same floor may not use each other.
floors="base 1, wire 2, guest 2, script 3, host 3, model 3, capture 3, program 4, kernel 4, \
stacks 5, remote 5, verdict 5, run 6, report 6, check 6, author 7, explore 7, editor 7, suite 8, main 9"

# Calls that end the process, and the files that may make them: main, the child of a test or of a
# round of --watch, a command between fork and exec, and memory that ran out.
endings='_exit src/suite/child.c
_exit src/suite/watch.c
_exit src/guest/guest.c
_exit src/guest/inside.c
_exit src/guest/kernel.c
abort src/base/arena.c'

# Folders in which files may still need each other in a circle.
circular=

# Prints the files given, each with the folder whose rules it obeys.
with_folders() {
	printf '%s\n' "$@" |
		sed 's|^src/main\.c$|& main|; s|^grammar/.*|& script|; s|^src/\(.*\)/[^/]*$|& \1|'
}

# Prints every include of the files of a folder that points up, sideways or nowhere.
upward_includes() {
	from=$1
	shift
	awk -v floors="$floors" -v from="$from" '
	BEGIN {
		n = split(floors, rows, ", ")
		for (i = 1; i <= n; i++) {
			split(rows[i], row, " ")
			floor[row[1]] = row[2]
		}
	}
	/^[ \t]*#[ \t]*include[ \t]*"/ {
		split($0, quoted, "\"")
		to = quoted[2]
		if (to == "config.h")
			next
		if (!sub(/\/.*/, "", to)) {
			print FILENAME ":" FNR ": \"" quoted[2] "\" has no folder"
			next
		}
		if (to == "grammar")
			to = "script"
		if (!(to in floor) || !(from in floor))
			print FILENAME ":" FNR ": no floor is known for " from " or " to
		else if (to != from && floor[to] >= floor[from])
			print FILENAME ":" FNR ": " from " may not include " quoted[2]
	}' "$@"
}

# Prints the .c files whose first include is not their own header; some share one (report.h).
foreign_first_includes() {
	for file; do
		own=${file#src/}
		own=${own%.c}.h
		first=$(sed -n 's/^#include ["<]\([^">]*\)[">].*/\1/p' "$file" | sed 1q)
		[ ! -f "src/$own" ] || [ "$first" = "$own" ] || echo "$file begins with $first, not with $own"
	done
}

# Prints the calls that end the process, outside comments and strings, where they are not allowed.
forbidden_endings() {
	for file; do
		sed 's/"\([^"\\]\|\\.\)*"//g; s|//.*||; s|/\*.*\*/||; s|^[ \t]*/\?\*.*||' "$file" |
		awk -v file="$file" -v endings="$endings" '
		BEGIN {
			n = split(endings, rows, "\n")
			for (i = 1; i <= n; i++)
				allowed[rows[i]] = 1
		}
		{
			rest = $0
			while (match(rest, /(^|[^A-Za-z0-9_])(_exit|_Exit|exit|quick_exit|abort)[ \t]*\(/)) {
				call = substr(rest, RSTART, RLENGTH)
				gsub(/[^A-Za-z_]/, "", call)
				if (!((call " " file) in allowed))
					print file ":" FNR ": " call "()"
				rest = substr(rest, RSTART + RLENGTH)
			}
		}'
	done
}

# Prints the files given that the Makefile does not name; a program goes by its name without .c.
unlisted() {
	for file; do
		grep -qwF "$file" Makefile.am || echo "$file is not in Makefile.am"
	done
}

# ---- circles among files ----

# A module is a .c (.l, .y) with its header. Prints "A B" for each include and each symbol by which
# module A needs module B; symbols are read from the objects of this build.
module_of() {
	sed 's|^\./||; s|^src/||; s|\.[chly]$||; s|\.o$||; s|^grammar/|script/|'
}

# The header that bison makes is a list of tokens, which scanner and parser have in common.
needs_by_include() {
	for file; do
		from=$(echo "$file" | module_of)
		sed -n 's/^[ \t]*#[ \t]*include[ \t]*"\([^"]*\)".*/\1/p' "$file" | grep -v '^config\.h$' |
			sed 's|^grammar/script\.h$|script/tokens.h|' | module_of |
			sed "s|^|$from |"
	done
}

# "src/run/run.o:000 T run_program" for each symbol of the objects of the files given, without those that an
# address sanitizer adds.
symbols_of() {
	(cd "$objects" && for file; do
		[ ! -f "${file%.*}.o" ] || echo "${file%.*}.o"
	done | xargs nm -A -g | grep -v ' __odr_asan\.')
}

needs_by_symbol() {
	symbols_of "$@" |
	sed 's|^\(src/\)\{0,1\}\([^:]*\)\.o:|\2 |; s|^grammar/|script/|' |
	awk '
	{ kind = $(NF - 1); symbol = $NF }
	kind == "U" { uses[++n] = $1 " " symbol; next }
	kind ~ /^[A-TV-Z]$/ { home[symbol] = $1 }
	END {
		for (i = 1; i <= n; i++) {
			split(uses[i], use, " ")
			if (use[2] in home && home[use[2]] != use[1])
				print use[1], home[use[2]]
		}
	}'
}

# Prints the symbols of the objects that no other object uses, and no test: they are to be static, or go.
# What flex and bison define is theirs; the printer of trees is one set of functions to choose from.
used_by_nobody() {
	symbols_of "$@" |
	awk '
	{ file = $1; sub(/:.*/, "", file); kind = $(NF - 1); symbol = $NF }
	kind == "U" { used[symbol] = 1; next }
	kind ~ /^[A-TV-Z]$/ && symbol !~ /^(script|print)_/ && symbol != "main" { home[symbol] = file }
	END {
		for (symbol in home)
			if (!(symbol in used))
				print symbol, home[symbol]
	}' | LC_ALL=C sort | while read -r symbol object; do
		grep -qrwF --include='*.[ch]' -- "$symbol" tests || echo "$symbol ($object)"
	done
}

# Prints the modules of each circle, a line each.
circles() {
	awk '$1 != $2' | LC_ALL=C sort -u | tsort 2>&1 >/dev/null | awk '
	/input contains a loop/ { if (line != "") print line; line = ""; next }
	{ sub(/^tsort: /, ""); line = line == "" ? $0 : line " -> " $0 }
	END { if (line != "") print line }'
}

# Paths here hold no blanks: they are the project's own.
sources=$(find src grammar -name '*.[chly]' ! -path grammar/scanner.c ! -path 'grammar/script.[ch]' | sort)
placed=$(with_folders $sources)
for folder in $(echo "$floors" | sed 's/ [0-9][0-9]*,*//g'); do
	files=$(printf '%s\n' "$placed" | sed -n "s/ $folder\$//p")
	[ -n "$files" ] || continue
	none "$folder: includes point down" "$(upward_includes $folder $files)"
done
none "each .c begins with its own header" \
	"$(foreign_first_includes $(printf '%s\n' $sources | grep '^src/.*/.*\.c$'))"
needs=$({ needs_by_include $sources; needs_by_symbol $sources; } | LC_ALL=C sort -u)
none "no circle among files: includes and symbols" "$(for folder in $circular; do
	echo " $folder/"
done | cat - /dev/null >"$objects/circular.tmp"; printf '%s\n' "$needs" | circles |
	if [ -n "$circular" ]; then sed 's/^/ /' | grep -vFf "$objects/circular.tmp"; else cat; fi)"
rm -f "$objects/circular.tmp"
none "each exception for a circle is needed" "$(for folder in $circular; do
	printf '%s\n' "$needs" | grep "^$folder/.* $folder/" | circles | grep -q . ||
		echo "$folder has no circle any more: take it out of \"circular\""
done)"
none "only the judge gives a verdict its kind" \
	"$(grep -nE '[a-z]->kind = VERDICT_|\.kind = VERDICT_|return VERDICT_' $sources |
		grep -v '^src/verdict/judge\.c:')"
none "only main leaves" "$(forbidden_endings $sources)"
none "each exception for leaving is needed" "$(printf '%s\n' "$endings" | while read -r call file; do
	grep -qE "(^|[^A-Za-z0-9_])$call[ \t]*\(" "$file" || echo "$call $file"
done)"
none "every symbol is used by another file, or by a test" "$(used_by_nobody $sources)"
none "the Makefile names every source" "$(unlisted $sources)"
none "the Makefile names every test" \
	"$(unlisted $(find tests -name 'test_*.c' -o -name 'fuzz_*.c' -o -name '*.sh' |
		sed 's/\.c$//' | sort))"
tap_end
