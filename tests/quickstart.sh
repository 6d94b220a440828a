#!/bin/sh
# What ./quickstart says where it may not install what is missing, and where nothing can be played. The programs that
# it calls are stubs here, so nothing is installed, built or played.
. "$top_srcdir/tests/tap.sh"
tap_begin

mkdir -p stubs tree/build tree/grammar tree/m4 && cp "$source/quickstart" tree || exit 99
touch tree/grammar/script.c tree/configure.ac
stub() { printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod +x "$1"; }
stub tree/configure 'touch Makefile'
stub stubs/make :
stub stubs/id 'echo 1000'
stub stubs/sudo 'exit 1'
stub stubs/apt-get "echo called >>'$tmp/installed'"
quickstart() { PATH=$tmp/stubs:$PATH tree/quickstart "$@" </dev/null 2>&1; echo "status $?"; }

stub stubs/cc '! grep -q jansson'
same "an ordinary user without sudo is told what to install" "These are missing:
    jansson.h (package libjansson-dev)
Install them, and start this again:
    Debian, Ubuntu:  apt-get install libjansson-dev
    Fedora:          dnf install jansson-devel
status 1" "$(quickstart)"
none "nothing is installed" "$(cat installed 2>/dev/null)"

stub stubs/cc :
stub tree/build/tcpclose-run 'for word; do case $word in --report=*) cat >"${word#*=}" <<JSON
{"test":1,"verdict":"SKIP","wall":0.1,"reason":"no","summary":"user namespaces are not allowed here"}
{"test":2,"verdict":"SKIP","wall":0.1,"reason":"no","summary":"needs kernel < 5"}
{"test":3,"verdict":"SKIP","wall":0.1,"reason":"no","summary":"user namespaces are not allowed here"}
JSON
esac; done
exit 77'
same "where nothing can be played it tells why" "Nothing could be played here: user namespaces are not allowed here
docs/troubles.txt says what to do about this. The tool itself is built, and can check
scripts (--dry_run) and play recordings (--replay) here.
status 77" "$(quickstart | sed -n '/^Nothing/,$p')"
stub tree/build/tcpclose-run 'echo "played $*"'
same "words behind run go to the tool" "played -v one.pkt
status 0" "$(quickstart run -v one.pkt | tail -n 2)"
same "another word is none" "status 2" "$(quickstart chekc | tail -n 1)"
tap_end
