#!/bin/sh
# Runs each fuzz target over its corpus, tests/fuzz/corpus/NAME/. A target that is built with libFuzzer
# (--enable-fuzzers) also looks for new inputs, for FUZZ_SECONDS seconds. What it finds is not kept.
. "$top_srcdir/tests/tap.sh"
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

# fuzz TARGET CORPUS
fuzz() {
	if [ -n "$FUZZ_ENGINE" ]; then
		mkdir "$tmp/new" && "$1" -max_total_time="${FUZZ_SECONDS:-2}" -timeout=10 -verbosity=0 \
			-artifact_prefix="$tmp/" "$tmp/new" "$2"
		status=$?
		rm -rf "$tmp/new"
		[ $status -eq 0 ] || for input in "$tmp"/*-*; do
			[ ! -f "$input" ] || { echo "the input: ${input##*/}"; od -A x -t x1z "$input" | head -n 40; }
		done
		return $status
	fi
	"$1" "$2"/*
}

for target in $FUZZ_TARGETS; do
	name=${target##*/}
	corpus=$top_srcdir/tests/fuzz/corpus/${name#fuzz_}
	if [ -d "$corpus" ]; then
		check "$name" fuzz "$top_builddir/$target" "$corpus"
	else
		not_ok "$name" "it has no corpus $corpus"
	fi
done
[ -n "$FUZZ_TARGETS" ] || skip "fuzz targets" "there are none"
tap_end
