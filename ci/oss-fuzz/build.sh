#!/bin/bash -eu
# build.sh: what OSS-Fuzz runs in its container, in the source: it makes each target of tests/fuzz with the engine,
# compiler and sanitizer that the environment names, and puts target and corpus into $OUT.

work=${WORK:-$(mktemp -d)}/tcpclose
source=$PWD
[ -x configure ] || autoreconf -i
mkdir -p "$work"
cd "$work"
# The container has its own sanitizers in CFLAGS.
"$source/configure" -q CFLAGS="$CFLAGS"
targets=$(make -s print-fuzz-targets)
# libpcap is loaded when it is wanted, and the container in which the targets run has no libpcap: it goes with them,
# with what it needs. The path of the targets (rpath) holds for these libraries, too.
libpcap=$(sed -n 's/^#define LIBPCAP_FILE "\(.*\)"/\1/p' config.h)
libpcap=$(ldconfig -p | awk -v name="$libpcap" '$1 == name { print $NF; exit }')
mkdir -p "$OUT/lib"
# shellcheck disable=SC2046 # paths are words
cp -L "$libpcap" $(ldd "$libpcap" | awk '$2 == "=>" && $1 !~ /^lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so/ { print $3 }') \
	"$OUT/lib/"
# Engines are written in C++, so C++ links.
# shellcheck disable=SC2086 # targets are words
make -s -j"$(nproc)" $targets CCLD="$CXX $CXXFLAGS" FUZZ_CPPFLAGS= \
	FUZZ_LDFLAGS="$LIB_FUZZING_ENGINE -Wl,--disable-new-dtags,-rpath,'\$\$ORIGIN/lib'"
for target in $targets; do
	name=${target##*/}
	cp "$target" "$OUT/"
	zip -q -j "$OUT/${name}_seed_corpus.zip" "$source/tests/fuzz/corpus/${name#fuzz_}"/*
done
