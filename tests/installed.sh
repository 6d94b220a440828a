#!/bin/sh
# What `make install` installs: it is all there, it works from where it is, each path that a document names is that
# of an installed file, the files for build servers can be read, and `make uninstall` takes it all away.
. "$top_srcdir/tests/tap.sh"
tap_begin
build=${run%/*}
# Those of the make that runs the tests are not for another make.
unset MAKEFLAGS MFLAGS MAKELEVEL

prefix=$tmp/usr
make -s -C "$build" install prefix="$prefix" >"$tmp/log" 2>&1
same "make install" 0 "$?"
[ -x "$prefix/bin/tcpclose-run" ] || { cat "$tmp/log"; exit 99; }
share=$prefix/share/tcpclose
run=$prefix/bin/tcpclose-run

# ---- all is there ----

none "programs, pages, headers, completions, files for editors" "$(while read -r path; do
	[ -s "$prefix/$path" ] || echo "$path is missing"
done <<'END'
bin/tcpclose-run
include/tcpclose/stack.h
lib/tcpclose/programs/slow-reader
share/bash-completion/completions/tcpclose-run
share/doc/tcpclose/README
share/fish/vendor_completions.d/tcpclose-run.fish
share/man/man1/tcpclose-author.1
share/man/man1/tcpclose-run-options.1
share/man/man1/tcpclose-run.1
share/man/man5/tcpclose-script.5
share/man/man7/tcpclose.7
share/tcpclose/docs/language.txt
share/tcpclose/editors/package.json
share/tcpclose/editors/tcpclose-mode.el
share/tcpclose/editors/tcpclose.tmLanguage.json
share/vim/vimfiles/ftdetect/tcpclose.vim
share/vim/vimfiles/syntax/tcpclose.vim
share/zsh/site-functions/_tcpclose-run
END
)"
for folder in ci lab scripts stacks; do
	none "$folder/ is there, as it is in the source" "$(
		diff -r -x __pycache__ -x known-names -x "*.so" -x ".*" "$source/$folder" "$share/$folder" 2>&1 | head -n 5)"
	none "programs of $folder/ can be run" "$(cd "$source/$folder" && find . -type f -perm -u+x | while read -r file; do
		[ -x "$share/$folder/$file" ] || [ "$file" = ./known-names ] || echo "$file"
	done)"
done
none "documents are there" "$(cd "$source/docs" && for file in *; do
	[ "$file" = design.txt ] || cmp "$file" "$share/docs/$file" 2>&1
done)"
none "tcpclose.7 is an index of all pages and documents" "$(
	for file in "$prefix"/share/man/man*/* "$share"/docs/*; do
		name=${file##*/}
		case $name in
		tcpclose.7 | COPYING) ;;
		*.[0-9]) grep -q "^\.It Xr ${name%.*} ${name##*.}\$" "$prefix/share/man/man7/tcpclose.7" || echo "$name" ;;
		*) grep -q "^\.It Pa .*docs/$name\( \|\$\)" "$prefix/share/man/man7/tcpclose.7" || echo "docs/$name" ;;
		esac
	done)"
none "a program of the lab starts" "$("$share/lab/build-kernel" --help 2>&1 >/dev/null)"
none "a path that a document names is that of an installed file" \
	"$("$source/tests/named-paths" "$share" "$share"/docs/* "$prefix"/share/man/man*/*)"
none "a path that nothing has would be found" "$(printf 'See docs/nowhere.txt.\nA lab/here of the source.\n' >page
	[ "$("$source/tests/named-paths" "$share" page)" = 'page:1: docs/nowhere.txt' ] || echo 'it was not')"

# ---- it works from there ----

echo 'include <server.inc>' >recipe.pkt
check "recipes are found beside the program" "$run" --dry_run recipe.pkt
check "scripts are found by their subject" "$run" --about=linger
none "what is installed are scripts, and no warning is to be had of them" \
	"$("$run" --dry_run "$share/scripts" 2>&1 | grep -e 'error:' -e 'warning:')"

# ---- for build servers ----

for file in action.yml ci/gitlab.yml ci/lava.yaml ci/oss-fuzz/project.yaml; do
	if ! python3 -c 'import yaml' 2>/dev/null; then
		skip "$file is YAML" "there is no PyYAML"
		continue
	fi
	check "$file is YAML" python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$source/$file"
done

# What installs the package, with programs that only tell what they were called with; the arguments are read by the
# true dpkg-buildpackage.
if [ ! -d "$source/debian" ]; then
	skip "a package is made and installed" "a release has no debian/"
elif ! builder=$(command -v dpkg-buildpackage); then
	skip "a package is made and installed" "there is no dpkg-buildpackage"
else
	mkdir -p stubs "a source/debian"
	cp -R "$source/ci" "a source"
	cp "$source/debian/control" "a source/debian"
	stub() { printf '#!/bin/sh\n%s\n' "$2" >"stubs/$1"; chmod +x "stubs/$1"; }
	stub sudo 'shift; exec "$@"'
	stub apt-get "[ \"\$2\" != update ] && echo \"\$@\" | sed 's|/[^ ]*/||g' >>'$tmp/asked' || :"
	stub apt-cache 'printf "tcpclose:\n  Candidate: $there\n"'
	stub dpkg-buildpackage "touch ../tcpclose_9.deb ../tcpclose-scripts_9.deb; exec '$builder' \"\$@\" --help"
	asked() { : >asked; PATH=$tmp/stubs:$PATH there=$1 "a source/ci/install-package" $2 >said 2>&1; echo "$?"; tail -n 1 asked; }
	same "the package of the distribution is installed" \
		"0 -qq install -y --no-install-recommends tcpclose tcpclose-scripts" "$(echo $(asked 0.3-1 ''))"
	made="0 -qq install -y --no-install-recommends tcpclose_9.deb tcpclose-scripts_9.deb"
	same "one is made where there is none" "$made" "$(echo $(asked '(none)' ''))"
	same "and where it is too old" "$made" "$(echo $(asked 0.1-1 ''))"
	same "and where one is asked for" "$made" "$(echo $(asked 0.3-1 --build))"
fi

# Of a run that passes, one that fails, and one where nothing can be played; the machine need not have a TUN.
mkdir "good ones" bad none
cp "$source/tests/replay/active-close.pkt" "good ones"
sed 's/silence/close(-1) = 0/; s/state = TIME_WAIT/state = CLOSED/' "good ones/active-close.pkt" >bad/active-close.pkt
printf 'requires tcpclose >= 99\nlevitate\n' >none/new.pkt
PATH=$prefix/bin:$PATH
replay=--replay=$source/tests/replay/active-close.rec
cases() { "$share/ci/cases" "$@" 2>/dev/null; echo "status $?"; }
same "LAVA is told of a test" "lava-test-case good-ones/active-close.pkt-ipv4 --result pass
status 0" "$(cases --as=lava "$replay" "good ones/active-close.pkt")"
same "and of one that fails" "lava-test-case bad/active-close.pkt-ipv4 --result fail
status 1" "$(cases --as=lava "$replay" bad/active-close.pkt)"
same "LTP has a status of its own for what cannot be played" "TCONF: none/new.pkt-ipv4 (SKIP)
status 32" "$(cases --as=ltp none)"
cases --as=linaro "$replay" "good ones/active-close.pkt" >said
same "a file of results, as test-definitions has it" "good-ones/active-close.pkt-ipv4 pass" "$(cat output/result.txt)"
same "another system is none" "status 2" "$(cases --as=jenkins none)"
# LTP's lines are written out: a new folder wants one, and one where all is slow would be broken.
none "LTP has a line for each folder with quick scripts" "$(for folder in "$share"/scripts/*/; do
	[ -z "$("$run" --list --select='!tag(slow)' "$folder" 2>/dev/null)" ] || basename "$folder"
done | sed 's|.*|tcpclose-&\t/usr/share/tcpclose/ci/cases --as=ltp '\''--select=!tag(slow)'\'' /usr/share/tcpclose/scripts/&|' |
	diff - "$share/ci/ltp.runtest" | grep -v '^[0-9]\|^> #')"
SCRIPTS=none GITHUB_OUTPUT=output.txt "$share/ci/play" >said 2>&1
same "a job for GitHub tells its status" "77 status=77" "$? $(cat output.txt)"
same "and why nothing was played" 1 "$(grep -c '^play: nothing could be played' said)"
check "and leaves reports" test -s tcpclose-results/results.xml -a -s tcpclose-results/results.html

check "a project for OSS-Fuzz is written" "$share/ci/make-oss-fuzz" https://git.test/tcpclose.git me@git.test fuzz
same "with the addresses" "https://git.test/tcpclose.git tcpclose
https://git.test/tcpclose.git
https://git.test/tcpclose.git
me@git.test" "$(sed -n 's/^RUN git clone --depth 1 //p' fuzz/Dockerfile
	sed -n 's/^\(homepage\|main_repo\|primary_contact\): "\(.*\)"/\2/p' fuzz/project.yaml | sort)"
none "and nothing else to fill in" "$(grep -r '@[A-Z]*@' fuzz)"
same "a folder that is there is left alone" "2 make-oss-fuzz: fuzz is there" \
	"$("$share/ci/make-oss-fuzz" https://git.test/tcpclose.git me@git.test fuzz 2>said; echo "$? $(cat said)")"

# ---- for the kernel's selftests ----

mkdir -p selftests/net few/one few/two
printf 'TEST_PROGS ?=\nlist:\n\t@echo $(TEST_PROGS)\n' >selftests/lib.mk
printf '%s\n' '--ip_version=all' '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' >few/one/all.pkt
printf '%s\n' 'tag slow' '+60 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' >few/one/slow.pkt
printf '%s\n' 'known "it is lost"' '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' \
	'+0 listen(3, 1) = 7' >few/two/known.pkt
make_selftests() { "$share/ci/make-selftests" --scripts=few "$@" 2>&1; }
printf '%s\n' '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' '+0 a: fork() = b' >few/two/twin.pkt
same "a folder for selftests is written, and what cannot be is counted" \
	"net/tcpclose: 2 scripts (1 of ours are left out, or a part of them: packetdrill has no words for it)" \
	"$(make_selftests selftests/net/tcpclose | sed 's|.*selftests/||')"
none "nothing of this machine is in it" "$(grep -r -e "$tmp" -e "$source" selftests/net/tcpclose)"
same "it has the scripts that are quick" "one/all.pkt two/known.pkt" \
	"$(cd selftests/net/tcpclose/scripts && echo */*.pkt)"
same "its Makefile names a test for each folder" "one.sh two.sh" "$(make -s -C selftests/net/tcpclose list)"
check "it is written anew" make_selftests selftests/net/tcpclose
mkdir selftests/net/other
same "a folder of others is left alone" "make-selftests: selftests/net/other is there, and not ours" \
	"$(make_selftests selftests/net/other)"
none "nothing is left beside it" "$(cd selftests/net && find . -name '.tcpclose*')"
selftest() { "selftests/net/tcpclose/$1.sh" >said 2>&1; echo "$?"; }
case $(selftest one) in
4) skip "the scripts of a folder are played" "$(grep -m 1 SKIP said)" ;;
0)
	same "the scripts of a folder are played, in each family" "ok 1 ipv4
ok 2 ipv4-mapped-ipv6
ok 1 ipv6" "$(sed -n 's/^        \(ok .*\)/\1/p' said)"
	same "a bug that is known is no failure" "0 1" "$(selftest two) $(grep -c 'it is lost' said)"
	sed -i 's/^.. known .*//' selftests/net/tcpclose/scripts/two/known.pkt
	same "what fails is one" "1 not ok 1 ipv4" "$(selftest two) $(grep '^not ok' said)"
	;;
*) not_ok "the scripts of a folder are played" "$(cat said)" ;;
esac
mkdir empty
for name in dirname sed sh; do ln -s "$(command -v $name)" empty/; done
same "without a tool it is a skip" "4 1..0 # SKIP neither tcpclose-run nor packetdrill is in the PATH" \
	"$(PATH=$tmp/empty selftest one) $(grep '^1' said)"

# ---- and away ----

make -s -C "$build" uninstall prefix="$prefix" >"$tmp/log" 2>&1
none "make uninstall leaves no file" "$(find "$prefix" ! -type d)"
tap_end
