#!/bin/sh
# The files and the server for editors and shells. python3 plays an editor that talks to the language
# server, and one that colours all scripts. The shells and vim are tried where they are installed.
. "$top_srcdir/tests/tap.sh"
build=$(cd "$top_builddir" && pwd)
source=$(cd "$top_srcdir" && pwd)
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

# ---- the language server ----

# session: the cases that the editor of tests/editor/session.py prints.
session() {
	python3 "$source/tests/editor/session.py" "$build/tcpclose-run" "$source" "$tmp" >"$tmp/cases" 2>&1
	while read -r result case; do
		case $result in
		ok) ok "$case" ;;
		*) not_ok "${case#ok }" "$(cat "$tmp/cases")" ;;
		esac
	done <<END
$(grep -E '^(not )?ok ' "$tmp/cases")
END
	grep -q '^the editor is done$' "$tmp/cases" || not_ok "the editor comes to its end" "$(cat "$tmp/cases")"
}

if ! command -v python3 >/dev/null 2>&1; then
	skip "an editor is served" "there is no python3"
	skip "all scripts are coloured" "there is no python3"
else
	if "$build/tcpclose-run" --lsp </dev/null 2>&1 | grep -q libjansson; then
		skip "an editor is served" "built without libjansson"
	else
		session
	fi
	check "all scripts are coloured" find "$source/scripts" -name '*.pkt' -exec \
		python3 "$source/tests/editor/grammar.py" "$build/editors/tcpclose.tmLanguage.json" {} +
fi

# ---- vim ----

cat >"$tmp/colours.vim" <<'END'
redir! > colours
for line in range(1, line("$"))
  echo synIDattr(synID(line, 1, 1), "name") . " " . getline(line)
endfor
redir END
quitall!
END
if vim --version 2>/dev/null | grep -q '+syntax'; then
	(cd "$tmp" && vim -es -u NONE -c "source $build/editors/tcpclose.vim" -c 'source colours.vim' \
		"$source/scripts/time-wait/reset.pkt" >/dev/null 2>&1)
	none "vim: a time has its colour" "$(grep -E ' [+*][0-9.~]* ' "$tmp/colours" | grep -v '^tcpcloseTime ')"
	check "vim: there are times" grep -q '^tcpcloseTime ' "$tmp/colours"
else
	skip "vim: a time has its colour" "there is no vim with colours"
fi

# ---- shells ----

cat >"$tmp/complete.bash" <<'END'
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_tcpclose_run 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}"
END

# completed WORD...: what bash offers for the last word.
completed() {
	bash "$tmp/complete.bash" "$build/editors/tcpclose-run.bash" tcpclose-run "$@"
}

if command -v bash >/dev/null 2>&1; then
	same "bash: an option" "--fail_fast" "$(completed --fail_f)"
	same "bash: an option with a value" "--tolerance_usecs=" "$(completed --tolerance_u)"
	same "bash: a value" "junit" "$(completed --format = ju)"
	same "bash: a script" "reset.pkt" "$(cd "$source/scripts/time-wait" && completed reset.p)"
else
	skip "bash completes" "there is no bash"
fi
for shell in zsh fish; do
	case $shell in
	zsh) file=_tcpclose-run ;;
	fish) file=tcpclose-run.fish ;;
	esac
	if command -v $shell >/dev/null 2>&1; then
		check "$shell: the file is read" $shell -n "$build/editors/$file"
	else
		skip "$shell: the file is read" "there is no $shell"
	fi
	none "$shell: no option is missing" "$("$build/tcpclose-run" --help |
		sed -n 's/^  \(-., \|    \)--\([a-z0-9_]*\).*/\2/p' | while read -r option; do
		grep -qE -e "(--| -l )$option\\b" "$build/editors/$file" || echo "$option"
	done)"
done
tap_end
