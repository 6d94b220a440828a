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
# Engines are written in C++, so C++ links.
# shellcheck disable=SC2086 # targets are words
make -s -j"$(nproc)" $targets CCLD="$CXX $CXXFLAGS" FUZZ_CPPFLAGS= FUZZ_LDFLAGS="$LIB_FUZZING_ENGINE"
for target in $targets; do
	name=${target##*/}
	cp "$target" "$OUT/"
	zip -q -j "$OUT/${name}_seed_corpus.zip" "$source/tests/fuzz/corpus/${name#fuzz_}"/*
done
