/*
 * The names of counters and sysctls in all kernels from which known_names.def was made
 * (lab/known-names). A name that is in none of them is a slip, or belongs to a newer kernel, or
 * does not belong to Linux.
 */
#ifndef TCPCLOSE_PROGRAM_KNOWN_NAMES_H
#define TCPCLOSE_PROGRAM_KNOWN_NAMES_H

#include <stdbool.h>

#include "base/arena.h"

/* Understands "TCPTimeouts", "TcpExtTCPTimeouts" and "Ip6InReceives". */
bool counter_is_known(const char *name);

/* The nearest known name, or NULL. */
const char *counter_suggest(const char *name);

/*
 * Understands "net.ipv4.tcp_fin_timeout" and "net/ipv4/tcp_fin_timeout". Sysctls that only a module
 * has (net.netfilter and the like) are in no table, and count as known.
 */
bool sysctl_is_known(const char *name);

/* The nearest known name, with dots, in `arena`; or NULL. */
const char *sysctl_suggest(const char *name, struct arena *arena);

#endif
