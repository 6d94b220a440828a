#!/bin/sh
# The language server: what an editor sends, and what it is told. python3 plays the editor.
. "$top_srcdir/tests/tap.sh"
build=$(cd "$top_builddir" && pwd)
source=$(cd "$top_srcdir" && pwd)
name="an editor is served"

if ! command -v python3 >/dev/null 2>&1; then
	skip "$name" "there is no python3"
	tap_end
fi
if "$build/tcpclose-run" --lsp </dev/null 2>&1 | grep -q libjansson; then
	skip "$name" "built without libjansson"
	tap_end
fi
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
python3 "$source/tests/editor/session.py" "$build/tcpclose-run" "$source" "$tmp" >"$tmp/cases" 2>&1
while read -r result case; do
	case $result in
	ok) ok "$case" ;;
	'not') not_ok "${case#ok }" "$(sed -n "/^not ok ${case#ok }\$/,/^[no]/s/^  //p" "$tmp/cases")" ;;
	esac
done <<END
$(grep -E '^(not )?ok ' "$tmp/cases")
END
grep -q '^the editor is done$' "$tmp/cases" || not_ok "$name" "$(cat "$tmp/cases")"
tap_end
