#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# runner.sh FOLDER: plays the scripts in scripts/FOLDER, with tcpclose-run, or else with packetdrill, and
# prints KTAP. Each FOLDER.sh calls it. TCPCLOSE_FLAGS has more options for tcpclose-run.
#
# The scripts are in packetdrill's language. What it has no words for is in comments that begin a line:
# the families of addresses, known bugs, requirements. tcpclose-run reads these again.

ksft_skip=4
folder=$1

skip() {
	echo "TAP version 13"
	echo "1..0 # SKIP $1"
	exit $ksft_skip
}

# The families of a script, as its comment or its own option says; without one, ipv4.
families() {
	list=$(sed -n 's/^\(\/\/ not packetdrill.s: \)\{0,1\}--ip_version=//p' "$1" | head -n 1)
	[ "$list" != all ] || list=ipv4,ipv6,ipv4-mapped-ipv6
	echo "${list:-ipv4}" | tr , ' '
}

# ---- tcpclose-run ----

# half NAME FAMILIES OPTION ...: plays the scripts in these families, and prints it as one test of KTAP. It adds
# to $failed, or to $nothing when nothing could be played, or the machine was too busy to tell. A known bug is one
# that shows sometimes, since what shows it may be what packetdrill has no words for.
half() {
	name=$1 wanted=$2
	shift 2
	rm -rf "$tmp/$folder" && mkdir "$tmp/$folder" || exit 1
	for script in "scripts/$folder"/*.pkt; do
		list=
		for family in $(families "$script"); do
			case " $wanted " in *" $family "*) list=$list,$family ;; esac
		done
		[ -z "$list" ] || sed -e '/^\/\/ not packetdrill.s: --ip_version=/d; /^--ip_version=/d' \
			-e 's/^\/\/ \(covers\|known\|requires\|rfc\|tag\|verdict\) /\1 /' \
			-e '/^known /{ / sometimes/!s/$/ sometimes/; }' \
			-e "1s/^/--ip_version=${list#,}\\n/" "$script" >"$tmp/$folder/${script##*/}" || exit 1
	done
	halves=$((halves + 1))
	if rmdir "$tmp/$folder" 2>/dev/null; then
		nothing=$((nothing + 1))
		echo "ok $halves $name # SKIP no script is for it"
		return
	fi
	# shellcheck disable=SC2086 # options are words
	(cd "$tmp" && ./packetdrill --format=tap --longest=10 --jobs=32 "$@" $TCPCLOSE_FLAGS "$folder"; echo $? >status) |
		sed 's/^/    /'
	case $(cat "$tmp/status") in
	0) echo "ok $halves $name" ;;
	77 | 125)
		nothing=$((nothing + 1))
		echo "ok $halves $name # SKIP nothing could be played, or the machine was too busy" ;;
	*)
		failed=$((failed + 1))
		echo "not ok $halves $name" ;;
	esac
}

by_tcpclose() {
	tmp=$(mktemp -d) || exit 1
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	# By this name it judges as packetdrill does: the scripts leave out what packetdrill cannot see.
	ln -s "$tcpclose" "$tmp/packetdrill" || exit 1
	halves=0 failed=0 nothing=0
	echo "KTAP version 1"
	echo "1..2"
	half ipv4 "ipv4 ipv4-mapped-ipv6"
	# The scripts have the MSS of IPv4.
	half ipv6 ipv6 --mtu=1520
	[ $failed -eq 0 ] || exit 1
	[ $nothing -lt 2 ] || exit $ksft_skip
	exit 0
}

# ---- packetdrill ----

play() {
	case $2 in
	ipv6)
		set -- "$1" --ip_version=ipv6 --mtu=1520 --local_ip=fd3d:0a0b:17d6::1 \
			--gateway_ip=fd3d:0a0b:17d6:8888::1 --remote_ip=fd3d:fa7b:d17d::1 ;;
	*) set -- "$1" "--ip_version=$2" ;;
	esac
	script=$1
	shift
	(cd "${script%/*}" && unshare -n packetdrill "$@" "${script##*/}" 2>&1)
}

by_packetdrill() {
	count=0 failed=0
	unshare -n true 2>/dev/null || skip "no right to make a network namespace"
	echo "TAP version 13"
	for script in "scripts/$folder"/*.pkt; do
		for family in $(families "$script"); do
			count=$((count + 1))
			name="$folder/${script##*/} $family"
			if reason=$(grep -m 1 -e '^// known ' -e '^// requires ' "$script"); then
				echo "ok $count $name # SKIP packetdrill does not read: ${reason#// }"
			elif said=$(play "$script" "$family"); then
				echo "ok $count $name"
			else
				failed=$((failed + 1))
				echo "not ok $count $name"
				printf '%s\n' "$said" | sed 's/^/# /'
			fi
		done
	done
	echo "1..$count"
	[ "$failed" -eq 0 ]
	exit
}

cd "$(dirname "$0")" || exit 1
[ -d "scripts/$folder" ] || { echo "usage: runner.sh FOLDER, one of scripts/" >&2; exit 1; }
if tcpclose=$(command -v tcpclose-run); then
	by_tcpclose
elif command -v packetdrill >/dev/null; then
	by_packetdrill
else
	skip "neither tcpclose-run nor packetdrill is in the PATH"
fi
