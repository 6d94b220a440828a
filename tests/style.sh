#!/bin/sh
# What a machine can see of the style. The rules that need no tool are checked everywhere. The layout is that
# of .clang-format, and is checked with the version for which that was written.
. "$top_srcdir/tests/tap.sh"
cd "$top_srcdir" || exit 99

clang_format_version=14

# Lines wider than 100 columns, with tabs of 8. A character is one column, however many bytes it has in
# UTF-8. A table between "clang-format off" and "clang-format on" may be wider, because columns help to
# read it.
wide() {
	for file; do
		LC_ALL=C tr -d '\200-\277' <"$file" | expand -t 8 | awk -v file="$file" '
		/clang-format off/ { table = 1 }
		/clang-format on/ { table = 0 }
		length($0) > 100 && !table { print file ":" FNR ": " length($0) " columns" }'
	done
}

# Prints the places of a pattern outside strings and comments.
places() {
	pattern=$1
	shift
	for file; do
		sed 's/"\([^"\\]\|\\.\)*"/""/g; s|//.*||; s|/\*.*\*/||; s|^[ \t]*/\?\*.*||' "$file" |
			grep -nE "$pattern" | sed "s|^|$file:|"
	done
}

# Prints blocks whose opening declarations are not followed by an empty line.
crowded() {
	for file; do
		awk -v file="$file" '
		{ line = $0; sub(/[ \t]*\/\*.*\*\/[ \t]*$/, "", line) }
		opened && line ~ /^\t+(const|static|struct|enum|unsigned|int|char|bool|size_t|usec_t|uint[0-9]+_t) [^()]*;$/ {
			declared = 1
			next
		}
		opened && declared && line != "" && line !~ /^\t+(const|static|struct|enum|union|unsigned|signed|int|char|bool|size_t|ssize_t|long|short|double|usec_t|u?int[0-9a-z]+_t|FILE|void|va_list|[a-z_]+_t) / &&
			line !~ /^[\t ]*}/ {
			print file ":" FNR ": no empty line after the declarations"
		}
		{ opened = line ~ /^(\t.*\) |\t+else )?\{$/; declared = 0 }' "$file"
	done
}

sources=$(find src tests -name '*.[ch]' ! -path 'tests/*/*-check.inc' | sort)
grammar='grammar/scanner.l grammar/script.y'
none "lines are at most 100 columns wide" "$(wide $sources src/report/page.css src/report/page.js)"
none "sizeof has parentheses" "$(places '\<sizeof +[^( ]' $sources $grammar)"
none "static_assert, not _Static_assert" "$(places '\<_Static_assert\>' $sources $grammar)"
none "!strcmp(), not strcmp() == 0" \
	"$(places '\<(str|strn|mem|strcase|strncase)cmp\([^()]*(\([^()]*\)[^()]*)*\) *[=!]= *0' $sources $grammar)"
none "an empty line follows the declarations that open a block" "$(crowded $sources)"
if clang-format --version 2>/dev/null | grep -q "version $clang_format_version\\."; then
	none "the layout is that of .clang-format" \
		"$(clang-format --dry-run $sources 2>&1 | grep -E 'warning|error' | head -n 20)"
else
	skip "the layout is that of .clang-format" "there is no clang-format $clang_format_version"
fi
tap_end
