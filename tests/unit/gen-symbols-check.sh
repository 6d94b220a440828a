#!/bin/sh
# Writes the numbers of the headers, with which test_symbols.c compares the table.
# usage: CC=cc gen-symbols-check.sh symbols.def > symbols-check.inc
#
# A macro is asked for with #ifdef. An enumerator cannot be: it is taken when the word occurs in
# the preprocessed headers.
set -eu

# Of <linux/tcp.h> and <netinet/tcp.h>, which exclude each other, the one that has more.
headers='
errno.h fcntl.h limits.h poll.h signal.h stdint.h unistd.h
sys/epoll.h sys/eventfd.h sys/file.h sys/ioctl.h sys/mman.h sys/socket.h sys/uio.h
netinet/in.h netinet/udp.h arpa/inet.h
linux/capability.h linux/close_range.h linux/errqueue.h linux/in.h linux/in6.h linux/io_uring.h linux/mptcp.h
linux/net_tstamp.h linux/sock_diag.h linux/sockios.h linux/tcp.h linux/tls.h'

# NULL is not a number. SOMAXCONN grew (from 128 to 4096) in headers, which tells nothing about the kernel.
# The others are written with the kernel's own BIT(), which no user header defines.
left_out='NULL SOMAXCONN
TCP_ACCECN_ACE_FAIL_RECV TCP_ACCECN_ACE_FAIL_SEND TCP_ACCECN_OPT_FAIL_RECV TCP_ACCECN_OPT_FAIL_SEND'

includes() {
	for header in $headers; do
		printf '#if __has_include(<%s>)\n#include <%s>\n#endif\n' "$header" "$header"
	done
}

includes
echo 'static const struct symbol_check checks[] = {'
includes | ${CC:-cc} -D_GNU_SOURCE -E -P - | awk -v left_out="$(echo $left_out)" '
	BEGIN {
		split(left_out, names, " ")
		for (i in names)
			skip[names[i]] = 1
	}
	FNR == NR {
		gsub(/[^A-Za-z0-9_]+/, " ")
		for (i = 1; i <= NF; i++)
			word[$i] = 1
		next
	}
	/^[A-Z]+\(/ {
		split($0, part, /[(, ]+/)
		if (part[3] in skip)
			next
		if (part[3] in word)
			printf "CHECK(%s)\n", part[3]
		else
			printf "#ifdef %s\nCHECK(%s)\n#endif\n", part[3], part[3]
	}
' - "$1"
echo '};'
